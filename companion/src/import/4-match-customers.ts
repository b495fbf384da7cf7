import { dropGoneCustomers, matchSlice } from '../store/import-match.ts';
import { paceSlices } from '../store/pace-slices.ts';
import { whileHeld, type ReadingContext } from './import-context.ts';

const GONE_AT_ONCE = 500;

/** Step 4: decides which Account each customer belongs to, all in the database. */
export async function matchCustomers(context: Omit<ReadingContext, 'client' | 'columns'>): Promise<void> {
  const { connectionId, tally } = context;
  tally.begin('matching', ['customers.matched', 'customers.unmatched']);
  const pace = paceSlices({ first: 400, most: 2000 });
  let after = '';
  for (let isMore = true; isMore;) {
    const limit = pace.rows;
    const slice = await pace.measure(() =>
      whileHeld(context, async (trx) => {
        const matched = await matchSlice(trx, connectionId, after, limit);
        tally.advance(matched.customers);
        tally.add('customers.matched', matched.matched);
        tally.add('customers.unmatched', matched.customers - matched.matched);
        return matched;
      }),
    );
    after = slice.last ?? after;
    isMore = slice.customers === limit;
  }
  for (let isMore = true; isMore;) {
    isMore = await whileHeld(context, async (trx) => {
      return (await dropGoneCustomers(trx, connectionId, GONE_AT_ONCE)) === GONE_AT_ONCE;
    });
  }
}
