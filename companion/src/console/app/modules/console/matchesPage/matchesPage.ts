import { Page } from '../page/page.ts';

export default class MatchesPage extends Page {}
