import { Page } from '../page/page.ts';

export default class PreflightPage extends Page {}
