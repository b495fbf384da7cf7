import type { PlantedFault } from './planted-fault.ts';

/** Mistakes in what components tell the Lightning App Builder, and in how pages use it. */
export const builderOptions: PlantedFault[] = [
  {
    name: 'a page configured on which the component may not stand',
    file: 'lwc/upflowOverdueAlert/upflowOverdueAlert.js-meta.xml',
    from: 'targetConfig targets="lightning__RecordPage"',
    to: 'targetConfig targets="lightning__HomePage"',
    rule: 'options/target',
  },
  {
    name: 'a form factor that home pages do not have',
    file: 'lwc/upflowGetStarted/upflowGetStarted.js-meta.xml',
    from: '<supportedFormFactor type="Large" />\n            </supportedFormFactors>',
    to: '<supportedFormFactor type="Large" />\n<supportedFormFactor type="Small" />\n            </supportedFormFactors>',
    rule: 'options/form-factor',
  },
  {
    name: 'an option of a type that does not exist',
    file: 'lwc/upflowAccountPanel/upflowAccountPanel.js-meta.xml',
    from: 'type="Boolean" label="Hide the ageing"',
    to: 'type="Bool" label="Hide the ageing"',
    rule: 'options/type',
  },
  {
    name: 'an option without a label',
    file: 'lwc/upflowAccountPanel/upflowAccountPanel.js-meta.xml',
    from: ' label="Hide the ageing"',
    to: '',
    rule: 'options/label',
  },
  {
    name: 'a default that is none of the choices',
    file: 'lwc/upflowAccountPanel/upflowAccountPanel.js-meta.xml',
    from: 'default="Full"',
    to: 'default="Complete"',
    rule: 'options/default',
  },
  {
    name: 'a default beyond its maximum',
    file: 'lwc/upflowAccountPanel/upflowAccountPanel.js-meta.xml',
    from: 'default="24"',
    to: 'default="2400"',
    rule: 'options/default',
  },
  {
    name: 'an object of a component that does not exist',
    file: 'lwc/upflowAccountPanel/upflowAccountPanel.js-meta.xml',
    from: '<object>Account',
    to: '<object>Acount',
    rule: 'options/object',
  },
  {
    name: 'an option that is no public property',
    file: 'lwc/upflowOverdueAlert/upflowOverdueAlert.js-meta.xml',
    from: 'name="minimumDays"',
    to: 'name="minimumDay"',
    rule: 'components/option',
  },
  {
    name: 'a page that sets an option to none of its choices',
    file: 'flexipages/Upflow_Overdue.flexipage-meta.xml',
    from: '<value>Mine</value>',
    to: '<value>Ours</value>',
    rule: 'pages/value',
  },
  {
    name: 'a record page of no object',
    file: 'flexipages/Upflow_Account_Record_Page.flexipage-meta.xml',
    from: '<sobjectType>Account</sobjectType>',
    to: '',
    rule: 'pages/object',
  },
  {
    name: 'a component on the page of an object that it is not for',
    file: 'flexipages/Upflow_Opportunity_Record_Page.flexipage-meta.xml',
    from: 'c:upflowOverdueAlert',
    to: 'c:upflowAccountPanel',
    rule: 'pages/object',
  },
];
