import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UpflowCallError } from '../../src/upflow/call-error.ts';
import { openImport, type TestImport } from './open-import.ts';

let acme: TestImport;

beforeAll(async () => {
  acme = await openImport();
});
afterEach(() => {
  acme.upflow.interfere = undefined;
});
afterAll(() => acme.close());

/** What Upflow is to have, computed plainly from what Salesforce has. */
function expectModel(names: readonly string[]): void {
  const { store } = acme.org.simulator.org;
  const live = (object: string) =>
    [...store.rows(object).values()].filter(({ IsDeleted }) => IsDeleted !== true);
  const accounts = live('Account').map((row) => ({
    id: row.Id,
    name: row.upflow__Shared_Identifier__c,
    industry: row.Industry,
  }));
  const matched = names.flatMap((name) => {
    const own = accounts.filter((account) => account.name === name);
    return own.length === 1 ? own : [];
  });
  const claimed = new Set<string>();
  const contacts = live('Contact')
    .filter(({ AccountId, Email }) => typeof Email === 'string' && matched.some(({ id }) => id === AccountId))
    .toSorted((a, b) =>
      `${String(a.CreatedDate)}${String(a.Id)}` < `${String(b.CreatedDate)}${String(b.Id)}` ? -1 : 1,
    )
    .filter(
      ({ Email }) => !claimed.has(String(Email).toLowerCase()) && claimed.add(String(Email).toLowerCase()),
    );
  for (const name of names) {
    const account = matched.find((one) => one.name === name);
    const wanted = contacts.filter(({ AccountId }) => account !== undefined && AccountId === account.id);
    const customer = acme.upflow.customers.get(name);
    expect([name, customer?.contacts.map(({ externalId }) => externalId).toSorted()]).toEqual([
      name,
      wanted.map(({ Id }) => Id).toSorted(),
    ]);
    expect(customer?.contacts.filter(({ isMain }) => isMain).map(({ externalId }) => externalId)).toEqual(
      wanted.slice(0, 1).map(({ Id }) => Id),
    );
    expect(customer?.customFields.get('f') ?? null).toBe(
      account === undefined ? null : (account.industry ?? null),
    );
  }
}

const FIELD = {
  level: 'customer',
  field: 'Industry',
  upflowId: 'f',
  upflowName: 'Industry',
  upflowType: 'TEXT',
} as const;
const importAll = () => acme.settings({ contacts: true, fields: [FIELD] });

test('a process that is cut off at any call goes on, and sends nothing twice', async () => {
  await importAll();
  const names = ['a', 'b', 'c'];
  for (const name of names) {
    acme.addPair(name, { Industry: 'Media' }, [
      { Email: `1@${name}.example` },
      { Email: `2@${name}.example` },
    ]);
    acme.upflow.addCustomer(name, [{ email: `billing@${name}.example` }]);
  }
  let runId = '';
  for (let cut = 0; ; cut++) {
    const stopping = new AbortController();
    let calls = 0;
    acme.upflow.interfere = (_call, when) => {
      // Every other time the call was made, but its answer is lost.
      if ((cut % 2 === 0 ? when === 'before' : when === 'after') && ++calls > cut) {
        stopping.abort();
        throw new Error('cut off');
      }
    };
    const run =
      cut === 0
        ? await acme.run('changes', { signal: stopping.signal })
        : await acme.goOn(runId, stopping.signal);
    runId = run.id;
    acme.upflow.interfere = undefined;
    if (run.state === 'done') break;
    expect(run.state).toBe('running');
    expect(cut).toBeLessThan(100);
  }
  expectModel(names);
  // A creation whose answer was lost is found again by what Upflow has.
  expect(acme.upflow.customers.get('a')?.contacts).toHaveLength(2);
  expect(acme.upflow.calls.filter((call) => call === 'POST /customers/a/contacts').length).toBeLessThan(8);
});
test('a process that is cut off at any call to Salesforce misses no row', async () => {
  await importAll();
  const names = Array.from({ length: 6 }, (_, index) => `n${index}`);
  for (const name of names) acme.addPair(name, { Industry: 'Media' }, [{ Email: `x@${name}.example` }]);
  for (let nth = 1; nth <= 4; nth++) {
    await acme.org.control('PUT', '/faults', [{ match: { path: '/query', nth }, fault: 'reset', times: 1 }]);
    const run = await acme.run('full');
    acme.change('Account', acme.addPair(`late${nth}`, { Industry: 'Retail' }).accountId, {
      Industry: 'Energy',
    });
    names.push(`late${nth}`);
    expect(['failed', 'done']).toContain(run.state);
  }
  await acme.org.control('PUT', '/faults', []);
  const run = await acme.run();
  expect(run.state).toBe('done');
  expectModel(names);
});

test('two processes never import one connection at once', async () => {
  await importAll();
  acme.addPair('once', {}, [{ Email: 'x@once.example' }]);
  let meanwhile: Promise<unknown> | undefined;
  acme.upflow.interfere = () => {
    meanwhile ??= acme.work();
  };
  const run = await acme.run();
  await meanwhile;
  expect(run.state).toBe('done');
  expect(acme.upflow.calls.filter((call) => call === 'POST /customers/once/contacts')).toHaveLength(1);
});

test('a process that lost its lease while it was frozen writes nothing late', async () => {
  await importAll();
  acme.addPair('frozen', {}, [{ Email: 'x@frozen.example' }]);
  acme.upflow.interfere = () => {
    acme.upflow.interfere = undefined;
    void acme.services.database.db
      .updateTable('import_state')
      .set({ lease_until: new Date(0) })
      .execute();
    throw new UpflowCallError('network', 'away');
  };
  const run = await acme.run();
  expect(run.state).toBe('stopped');
});

test('while Upflow is away the run fails with the reason, and the next one sends what is missing', async () => {
  await importAll();
  acme.addPair('waits', { Industry: 'Media' }, [{ Email: 'x@waits.example' }]);
  acme.upflow.interfere = () => {
    throw new UpflowCallError('network', 'Upflow could not be reached');
  };
  const failed = await acme.run();
  expect(failed).toMatchObject({ state: 'failed', reason: { code: 'upflow-network' } });
  acme.upflow.interfere = undefined;
  await acme.run('changes', { by: 'schedule' });
  expectModel(['waits']);
});

type Step =
  | {
      kind: 'contact' | 'email' | 'delete' | 'undelete' | 'move' | 'merge' | 'industry';
      at: number;
      to: number;
    }
  | { kind: 'run' | 'full' };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom('contact', 'email', 'delete', 'undelete', 'move', 'merge', 'industry' as const),
      at: fc.nat(30),
      to: fc.nat(30),
    }),
    fc.record({ kind: fc.constantFrom('run', 'run', 'full' as const) }),
  ),
  { minLength: 5, maxLength: 25 },
);

test('whatever happens in Salesforce, between and during runs, Upflow ends up as a plain model says', async () => {
  await importAll();
  let serial = 0;
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(20), async (script, whenDuring) => {
      const tag = ++serial;
      const names = [`p${tag}`, `q${tag}`, `r${tag}`];
      const pairs = names.map((name) => acme.addPair(name, { Industry: 'Media' }));
      const accounts = pairs.map(({ accountId }) => accountId);
      const contacts: string[] = [];
      const email = (n: number) => `e${n % 6}@t${tag}.example`;
      const pick = (list: readonly string[], n: number) => list[n % list.length];
      const act = async (step: Step) => {
        if (!('at' in step)) {
          await acme.run(step.kind === 'run' ? 'changes' : 'full');
          return;
        }
        const contact = pick(contacts, step.at);
        const account = pick(accounts, step.to) ?? '';
        if (step.kind === 'contact') contacts.push(acme.addContact(account, { Email: email(step.at) }));
        if (step.kind === 'industry')
          acme.change('Account', account, { Industry: ['Media', 'Retail', null][step.at % 3] ?? null });
        if (step.kind === 'merge' && accounts.length > 1) {
          const master = accounts[0] ?? '';
          await acme.org.control('POST', '/merge', { masterId: master, ids: accounts.splice(1, 1) });
        }
        if (contact === undefined) return;
        if (step.kind === 'email')
          acme.change('Contact', contact, { Email: step.to % 5 === 0 ? null : email(step.to) });
        if (step.kind === 'move') acme.change('Contact', contact, { AccountId: account });
        if (step.kind === 'delete')
          await acme.org.call(`/sobjects/Contact/${contact}`, { method: 'DELETE', user: 'admin' });
        if (step.kind === 'undelete') await acme.org.control('POST', '/undelete', { ids: [contact] });
      };
      // One change happens in the middle of a run, whichever call that meets.
      let calls = 0;
      acme.upflow.interfere = (_call, when) => {
        if (when === 'before' && ++calls === whenDuring)
          contacts.push(acme.addContact(accounts[0] ?? '', { Email: email(calls) }));
      };
      for (const step of script) await act(step);
      acme.upflow.interfere = undefined;
      await acme.run();
      await acme.run();
      expectModel(names);
      acme.upflow.calls.length = 0;
      await acme.run('changes', { by: 'schedule' });
      expect(acme.upflow.writes()).toEqual([]);
    }),
    { numRuns: Number(process.env.IMPORT_PROPERTY_RUNS ?? 4) },
  );
}, 60_000);
