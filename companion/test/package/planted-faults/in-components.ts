import type { PlantedFault } from './planted-fault.ts';

const panel = 'lwc/upflowAccountPanel';

/** Mistakes in components. */
export const components: PlantedFault[] = [
  {
    name: 'JavaScript that cannot be parsed',
    file: `${panel}/upflowAccountPanel.js`,
    from: 'get isLoading() {',
    to: 'get isLoading( {',
    rule: 'components/compile',
  },
  {
    name: 'a template with a tag that is not closed',
    file: 'lwc/upflowNotice/upflowNotice.html',
    from: '<p>{message}</p>',
    to: '<p>{message}',
    rule: 'components/compile',
  },
  {
    name: 'a public flag that is true by default, which the platform refuses',
    file: `${panel}/upflowAccountPanel.js`,
    from: '@api hideAgeing = false;',
    to: '@api hideAgeing = true;',
    rule: 'components/compile',
  },
  {
    name: 'a label that does not exist',
    file: `${panel}/upflowAccountPanel.js`,
    from: 'label/c.Panel_Title',
    to: 'label/c.Panel_Titel',
    rule: 'components/label',
  },
  {
    name: 'a field that does not exist',
    file: 'lwc/upflowAccount/upflowAccount.js',
    from: 'schema/Account.Due_Amount__c',
    to: 'schema/Account.Due_Amounts__c',
    rule: 'components/schema',
  },
  {
    name: 'a field that the Account of an Opportunity does not have',
    file: 'lwc/upflowOverdueAlert/readOverdue.js',
    from: 'Opportunity.Account.Overdue_Amount__c',
    to: 'Opportunity.Account.Overdue__c',
    rule: 'components/schema',
  },
  {
    name: 'a component of ours that does not exist',
    file: `${panel}/describeState.js`,
    from: "from 'c/upflowFormat'",
    to: "from 'c/upflowFormats'",
    rule: 'components/module',
  },
  {
    name: 'a module of the platform that does not exist',
    file: 'lwc/upflowPortalLink/upflowPortalLink.js',
    from: 'lightning/platformShowToastEvent',
    to: 'lightning/showToastEvent',
    rule: 'components/module',
  },
  {
    name: 'a tag of the platform that does not exist',
    file: `${panel}/upflowAccountPanel.html`,
    from: /lightning-spinner/.source,
    to: 'lightning-spiner',
    rule: 'components/unknown-tag',
  },
  {
    name: 'a tag of ours that does not exist',
    file: `${panel}/upflowAccountPanel.html`,
    from: /c-upflow-portal-link/.source,
    to: 'c-upflow-portal',
    rule: 'components/unknown-tag',
  },
  {
    name: 'a property that a child does not have',
    file: `${panel}/upflowAccountPanel.html`,
    from: 'message={notice.message}',
    to: 'text={notice.message}',
    rule: 'components/unknown-property',
  },
  {
    name: 'a call of Apex, of which the package has none',
    file: `${panel}/upflowAccountPanel.js`,
    from: "import LOADING from '@salesforce/label/c.Loading';",
    to: "import LOADING from '@salesforce/apex/Panel.load';",
    rule: 'components/apexMethod',
  },
  {
    name: 'an icon that the design system does not have',
    file: 'lwc/upflowOverdueAlert/upflowOverdueAlert.html',
    from: 'utility:warning',
    to: 'utility:waning',
    rule: 'components/icon',
  },
];
