import { api, LightningElement } from 'lwc';
import type { ConnectionView, Session } from '../../../api/shapes.ts';
import { linkTo } from '../../../shell/read-route.ts';

/** The band on top: which connection is open, who is signed in. */
export default class ShellHeader extends LightningElement {
  @api session: Session | undefined = undefined;
  @api connections: ConnectionView[] = [];
  @api connection: ConnectionView | null = null;

  get current(): string {
    return this.connection?.name ?? 'All connections';
  }

  get links(): { id: string; name: string; state: string; href: string; current: string | null }[] {
    return this.connections.map(({ id, name, state }) => ({
      id,
      name,
      state,
      href: linkTo(id),
      current: id === this.connection?.id ? 'true' : null,
    }));
  }

  get allCurrent(): string | null {
    return this.connection ? null : 'true';
  }

  get userName(): string {
    return this.session?.name ?? '';
  }

  get role(): string {
    return this.session?.role ?? '';
  }

  get isAdmin(): boolean {
    return this.role === 'admin';
  }

  get initials(): string {
    const words = this.userName.split(/[\s.@_-]+/).filter(Boolean);
    return words
      .slice(0, 2)
      .map((word) => word.charAt(0).toUpperCase())
      .join('');
  }

  /** A menu closes once something in it was chosen, when the focus leaves it, and with Escape. */
  closeMenus(): void {
    for (const menu of this.template?.querySelectorAll('details') ?? []) menu.open = false;
  }

  handleFocusOut(event: FocusEvent): void {
    const menu = event.currentTarget as HTMLDetailsElement;
    if (!menu.contains(event.relatedTarget as Node | null)) menu.open = false;
  }

  handleKeyDown(event: KeyboardEvent): void {
    const menu = event.currentTarget as HTMLDetailsElement;
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary')?.focus();
  }

  /** A button, because a link would change the address, which says what page is shown. */
  handleSkip(): void {
    this.dispatchEvent(new CustomEvent('skip'));
  }

  handleSignOut(): void {
    this.closeMenus();
    this.dispatchEvent(new CustomEvent('signout'));
  }
}
