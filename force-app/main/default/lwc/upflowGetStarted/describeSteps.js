import { fill, formatNumber } from 'c/upflowFormat';
import ATTENTION from '@salesforce/label/c.Start_Attention';
import ATTENTION_LINK from '@salesforce/label/c.Start_Attention_Link';
import ATTENTION_MANY from '@salesforce/label/c.Start_Attention_Many';
import ATTENTION_NONE from '@salesforce/label/c.Start_Attention_None';
import ATTENTION_ONE from '@salesforce/label/c.Start_Attention_One';
import CONNECT from '@salesforce/label/c.Start_Connect';
import CONNECT_HOW from '@salesforce/label/c.Start_Connect_How';
import CONNECT_LINK from '@salesforce/label/c.Start_Connect_Link';
import CONNECT_NO_LINK from '@salesforce/label/c.Start_Connect_No_Link';
import DONE from '@salesforce/label/c.Start_Done';
import NEXT from '@salesforce/label/c.Start_Next';
import PAGE from '@salesforce/label/c.Start_Page';
import PAGE_HOW from '@salesforce/label/c.Start_Page_How';
import PAGE_LINK from '@salesforce/label/c.Start_Page_Link';
import REPORTS from '@salesforce/label/c.Start_Reports';
import REPORTS_HOW from '@salesforce/label/c.Start_Reports_How';
import REPORTS_LINK from '@salesforce/label/c.Start_Reports_Link';
import RIGHTS from '@salesforce/label/c.Start_Rights';
import RIGHTS_HOW from '@salesforce/label/c.Start_Rights_How';
import RIGHTS_LINK from '@salesforce/label/c.Start_Rights_Link';
import TO_DO from '@salesforce/label/c.Start_To_Do';
import { LIST_VIEWS } from './readSetup';

/**
 * @typedef {object} Setup what is known of the org so far; undefined while it is not
 * @property {import('./readSetup').Rights | undefined} rights
 * @property {boolean | undefined} hasSynced
 * @property {number | undefined} attentionCount
 * @property {string | undefined} consoleUrl
 */

/** @typedef {{ key: string, title: string, text: string, isDone: boolean, url?: string, linkLabel?: string, opensNewTab?: boolean }} Step */

/** @param {number | undefined} count */
function describeAttention(count) {
  if (!count) return ATTENTION_NONE;
  return fill(count === 1 ? ATTENTION_ONE : ATTENTION_MANY, formatNumber(count));
}

/**
 * @param {Setup} setup
 * @returns {Step[]}
 */
function listSteps({ rights, hasSynced, attentionCount, consoleUrl }) {
  return [
    {
      key: 'rights',
      title: RIGHTS,
      text: RIGHTS_HOW,
      isDone: Boolean(rights?.seesFigures && rights.managesIdentifier),
      url: '/lightning/setup/PermSetGroups/home',
      linkLabel: RIGHTS_LINK
    },
    {
      key: 'connect',
      title: CONNECT,
      text: consoleUrl ? CONNECT_HOW : CONNECT_NO_LINK,
      isDone: Boolean(hasSynced),
      url: consoleUrl,
      linkLabel: CONNECT_LINK,
      opensNewTab: true
    },
    {
      key: 'page',
      title: PAGE,
      text: PAGE_HOW,
      isDone: false,
      url: '/lightning/setup/FlexiPageList/home',
      linkLabel: PAGE_LINK
    },
    {
      key: 'attention',
      title: ATTENTION,
      text: describeAttention(attentionCount),
      isDone: Boolean(hasSynced) && attentionCount === 0,
      url: `/lightning/o/Account/list?filterName=${LIST_VIEWS.attention}`,
      linkLabel: ATTENTION_LINK
    },
    {
      key: 'reports',
      title: REPORTS,
      text: REPORTS_HOW,
      isDone: false,
      url: '/lightning/o/Report/home',
      linkLabel: REPORTS_LINK
    }
  ];
}

/**
 * The steps in their order; the first that is known to be left is the next.
 * @param {Setup} setup
 */
export function describeSteps(setup) {
  const steps = listSteps(setup);
  const next =
    setup.rights && setup.hasSynced !== undefined ? steps.find(({ isDone }) => !isDone) : undefined;
  return steps.map((step) => {
    const isNext = step === next;
    return {
      ...step,
      state: step.isDone ? DONE : isNext ? NEXT : TO_DO,
      icon: step.isDone ? 'utility:success' : isNext ? 'utility:forward' : 'utility:routing_offline',
      iconVariant: step.isDone ? 'success' : '',
      stepClass: isNext ? 'step next' : 'step',
      target: step.opensNewTab ? '_blank' : '_self'
    };
  });
}
