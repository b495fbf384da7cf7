import { Page } from '../page/page.ts';

export default class AuditPage extends Page {}
