import { Page } from '../page/page.ts';

export default class IdentifierPage extends Page {}
