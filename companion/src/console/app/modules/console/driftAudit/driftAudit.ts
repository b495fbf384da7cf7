import { api, LightningElement } from 'lwc';
import type { DriftAudit as Audit } from '../../../api/drift-shapes.ts';
import { count, formatNumber } from '../../../format.ts';

/** An audit that is under way. */
export default class DriftAudit extends LightningElement {
  @api audit: Audit | null = null;

  get state(): string {
    return this.audit?.state ?? '';
  }

  get seen(): number {
    return (this.audit?.compared ?? 0) + (this.audit?.leftOut ?? 0);
  }

  get percent(): number {
    const { total = 0 } = this.audit ?? {};
    return total > 0 ? (this.seen / total) * 100 : 0;
  }

  get text(): string {
    const { total = 0, drifted = 0 } = this.audit ?? {};
    return `${formatNumber(this.seen)} of ${count(total, 'Account')}, ${formatNumber(drifted)} drifted so far`;
  }
}
