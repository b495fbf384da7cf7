import { Page } from '../page/page.ts';

export default class PermissionsPage extends Page {}
