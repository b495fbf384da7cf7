import { Page } from '../page/page.ts';

export default class CustomerPage extends Page {}
