import { Page } from '../page/page.ts';

export default class SalesforcePage extends Page {}
