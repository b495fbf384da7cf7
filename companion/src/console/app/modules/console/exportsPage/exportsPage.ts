import { Page } from '../page/page.ts';

export default class ExportsPage extends Page {}
