import type { ObjectSchema } from '../schema/build-schema.ts';
import { opportunityStages } from '../schema/opportunity-stages.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { formatTime } from './salesforce-times.ts';
import type { SimulatedOrg } from './simulated-org.ts';

/** What the platform works out on an Opportunity: all that follows from its stage, its amount and its close date. */
export function deriveOpportunity(
  org: SimulatedOrg,
  object: ObjectSchema,
  id: string,
  before: StoredRecord,
): void {
  if (object.name !== 'Opportunity') return;
  const record = org.store.get('Opportunity', id) ?? {};
  const stage = opportunityStages.find(({ name }) => name === record.StageName);
  const moved = record.StageName !== before.StageName;
  const isGiven = (field: string): boolean => record[field] !== undefined && record[field] !== before[field];
  const probability = moved && !isGiven('Probability') ? (stage?.probability ?? null) : record.Probability;
  const { Amount: amount, CloseDate: closeDate } = record;
  const [year = 0, month = 1] = String(closeDate ?? '')
    .split('-')
    .map(Number);
  const quarter = Math.ceil(month / 3);
  org.store.put('Opportunity', id, {
    Probability: probability ?? null,
    ExpectedRevenue: typeof amount === 'number' ? (amount * Number(probability ?? 0)) / 100 : null,
    IsClosed: stage?.isClosed ?? false,
    IsWon: stage?.isWon ?? false,
    ForecastCategory: stage?.forecastCategory ?? 'Pipeline',
    ...(moved && !isGiven('ForecastCategoryName')
      ? { ForecastCategoryName: stage?.forecastCategoryName ?? 'Pipeline' }
      : {}),
    ...(moved && before.StageName !== undefined ? { LastStageChangeDate: formatTime(org.clock.now()) } : {}),
    ...(closeDate === undefined
      ? {}
      : { FiscalYear: year, FiscalQuarter: quarter, Fiscal: `${year} ${quarter}` }),
  });
}
