export const CurrentPageReference = class {
  connect() {}
  update() {}
  disconnect() {}
};

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

/** Opens web pages only: the simulator has no other pages to go to. */
export const NavigationMixin = (Base) =>
  class extends Base {
    [Navigate]({ attributes }) {
      if (attributes?.url) window.open(attributes.url, '_blank', 'noopener');
    }
    async [GenerateUrl]({ attributes }) {
      return attributes?.url ?? '#';
    }
  };
NavigationMixin.Navigate = Navigate;
NavigationMixin.GenerateUrl = GenerateUrl;
