import { Page } from '../page/page.ts';

export default class MappingPage extends Page {}
