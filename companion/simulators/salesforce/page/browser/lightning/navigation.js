export const CurrentPageReference = class {
  connect() {}
  update() {}
  disconnect() {}
};

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

/** The simulator's page for a page of Salesforce, with the choices of the present page kept. */
function toAddress({ type, attributes, state = {} }) {
  const query = new URLSearchParams({
    ...Object.fromEntries(new URLSearchParams(location.search)),
    ...state,
  });
  const suffix = query.size > 0 ? `?${query}` : '';
  if (type === 'standard__recordPage') {
    return `/lightning/r/${attributes.objectApiName}/${attributes.recordId}/view${suffix}`;
  }
  if (type === 'standard__objectPage') return `/lightning/o/${attributes.objectApiName}/list${suffix}`;
  return attributes?.url ?? '#';
}

/** Web pages open beside the present one, pages of Salesforce in its place. */
export const NavigationMixin = (Base) =>
  class extends Base {
    [Navigate](page) {
      if (page.attributes?.url) window.open(page.attributes.url, '_blank', 'noopener');
      else location.assign(toAddress(page));
    }
    async [GenerateUrl](page) {
      return toAddress(page);
    }
  };
NavigationMixin.Navigate = Navigate;
NavigationMixin.GenerateUrl = GenerateUrl;
