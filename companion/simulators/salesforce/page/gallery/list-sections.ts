import type { GallerySection, Wording } from './gallery-item.ts';
import { listAlerts } from './sample-alerts.ts';
import { listChecklists } from './sample-checklists.ts';
import { listLists } from './sample-lists.ts';
import { listPanels } from './sample-panels.ts';
import { listAgeingBars, listNotices, listPortalLinks } from './sample-parts.ts';

/** Every component of the package in every state that it can be in. */
export const listSections = (wording: Wording): GallerySection[] => [
  {
    name: 'panel',
    title: 'Account panel',
    text: 'Stands beside an Account: what is owed, how late, since when, and what comes next.',
    width: 'narrow',
    items: listPanels(wording),
  },
  {
    name: 'alert',
    title: 'Overdue alert',
    text: 'Stands on top of an Opportunity or an Account, and is silent when all is well.',
    width: 'narrow',
    items: listAlerts(),
  },
  {
    name: 'list',
    title: 'Overdue Accounts',
    text: 'Stands on a home or app page: the Accounts that are late, the largest amount first.',
    width: 'wide',
    items: listLists(wording),
  },
  {
    name: 'start',
    title: 'Get Started',
    text: 'Leads an admin from the installed package to figures on Accounts.',
    width: 'wide',
    items: listChecklists(),
  },
  {
    name: 'ageing',
    title: 'Ageing bar',
    text: 'A part of the panel: how old an open balance is.',
    width: 'narrow',
    items: listAgeingBars(wording),
  },
  {
    name: 'notice',
    title: 'Notice',
    text: 'A part of all components: one sentence about the state of the figures.',
    width: 'narrow',
    items: listNotices(wording),
  },
  {
    name: 'portal',
    title: 'Portal link',
    text: 'A part of the panel: opens or copies the link to the customer portal, or says why there is none.',
    width: 'narrow',
    items: listPortalLinks(),
  },
];
