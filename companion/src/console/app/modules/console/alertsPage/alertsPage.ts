import { Page } from '../page/page.ts';

export default class AlertsPage extends Page {}
