import type { Connection } from 'jsforce';
import { SoapApi } from 'jsforce/lib/api/soap.js';

export interface OrganizationCurrency {
  /** ISO 4217 code of the org's own currency. */
  currency: string | null;
  multiCurrency: boolean;
}

/** The org's own currency, and whether it has others. In a single-currency org SOAP alone tells it. */
export async function readOrganizationCurrency(connection: Connection): Promise<OrganizationCurrency> {
  const user = await new SoapApi(connection).getUserInfo();
  if (!user.organizationMultiCurrency) {
    return { currency: user.orgDefaultCurrencyIsoCode ?? null, multiCurrency: false };
  }
  const { records } = await connection.query<{ IsoCode: string }>(
    'SELECT IsoCode FROM CurrencyType WHERE IsCorporate = true',
  );
  return { currency: records[0]?.IsoCode ?? null, multiCurrency: true };
}
