import { Page } from '../page/page.ts';

export default class ConnectionsPage extends Page {}
