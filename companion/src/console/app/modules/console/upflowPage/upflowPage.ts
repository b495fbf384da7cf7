import { Page } from '../page/page.ts';

export default class UpflowPage extends Page {}
