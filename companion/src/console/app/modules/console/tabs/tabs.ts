import { api, LightningElement } from 'lwc';

export interface Tab {
  value: string;
  label: string;
  count?: string;
}

/** Tabs above one list that they filter. Arrow keys move between them, as in any tab list. */
export default class Tabs extends LightningElement {
  @api tabs: Tab[] = [];
  @api selected = '';
  @api label = '';

  get items(): (Tab & { isSelected: string; tabIndex: string; className: string })[] {
    return this.tabs.map((tab) => {
      const isSelected = tab.value === this.selected;
      return {
        ...tab,
        isSelected: String(isSelected),
        tabIndex: isSelected ? '0' : '-1',
        className: isSelected ? 'tab tab-selected' : 'tab',
      };
    });
  }

  choose(value: string): void {
    if (value !== this.selected) this.dispatchEvent(new CustomEvent('choose', { detail: value }));
  }

  handleClick(event: Event): void {
    this.choose((event.currentTarget as HTMLElement).dataset.value ?? '');
  }

  handleKeyDown(event: KeyboardEvent): void {
    const now = this.tabs.findIndex(({ value }) => value === this.selected);
    const last = this.tabs.length - 1;
    const goals: Record<string, number> = {
      ArrowRight: now === last ? 0 : now + 1,
      ArrowLeft: now <= 0 ? last : now - 1,
      Home: 0,
      End: last,
    };
    const goal = goals[event.key];
    const tab = goal === undefined ? undefined : this.tabs[goal];
    if (!tab) return;
    event.preventDefault();
    this.template?.querySelector<HTMLElement>(`[data-value="${tab.value}"]`)?.focus();
    this.choose(tab.value);
  }
}
