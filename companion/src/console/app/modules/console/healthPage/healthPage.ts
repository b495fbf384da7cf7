import { Page } from '../page/page.ts';

export default class HealthPage extends Page {}
