import OUTSTANDING_AMOUNT from '@salesforce/schema/Account.Outstanding_Amount__c';
import SHARED_IDENTIFIER from '@salesforce/schema/Account.Shared_Identifier__c';

/** In an org that installed the package its list views carry the namespace; in a scratch org they do not. */
const NAMESPACE = OUTSTANDING_AMOUNT.fieldApiName.replace('Outstanding_Amount__c', '');

export const LIST_VIEWS = {
  synced: `${NAMESPACE}Upflow_Synced_Accounts`,
  attention: `${NAMESPACE}Upflow_Needs_Attention`
};

/**
 * What the user's permission sets give, as far as the fields tell.
 * @typedef {{ seesFigures: boolean, managesIdentifier: boolean }} Rights
 */

/**
 * @param {import('lightning/uiObjectInfoApi').ObjectInfo} info of Account
 * @returns {Rights}
 */
export function readRights({ fields }) {
  return {
    seesFigures: OUTSTANDING_AMOUNT.fieldApiName in fields,
    managesIdentifier: Boolean(fields[SHARED_IDENTIFIER.fieldApiName]?.updateable)
  };
}
