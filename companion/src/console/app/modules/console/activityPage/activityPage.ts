import { Page } from '../page/page.ts';

export default class ActivityPage extends Page {}
