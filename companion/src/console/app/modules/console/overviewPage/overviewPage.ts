import { Page } from '../page/page.ts';

export default class OverviewPage extends Page {}
