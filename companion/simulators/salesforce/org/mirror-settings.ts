import type { SimulatedOrg } from './simulated-org.ts';

/** Shows in the org's own records what the settings say of them: which currencies are active. */
export function mirrorSettings({ settings, store }: SimulatedOrg): void {
  for (const [id, { IsoCode, IsActive }] of store.rows('CurrencyType')) {
    const active = !settings.inactiveCurrencies.includes(String(IsoCode));
    if (IsActive !== active) store.put('CurrencyType', id, { IsActive: active });
  }
}
