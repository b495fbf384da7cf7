import type { TestOrg } from '../open-simulator.ts';
import type { RecordedShape } from './shape.ts';

/** Runs a call in an org with some settings, and puts them back. */
async function withSettings<Answer>(
  org: TestOrg,
  change: object,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const before = { ...org.simulator.org.settings };
  await org.control('PUT', '/settings', change);
  try {
    return await work();
  } finally {
    org.simulator.org.changeSettings(before);
  }
}

const twin = { LastName: 'Twin', Email: 'twin@twin.example' };
const duplicateRules = [{ name: 'Contacts_DR', object: 'Contact', matchOn: ['Email'], action: 'Alert' }];
const djangoTests =
  'https://github.com/django-salesforce/django-salesforce/blob/master/tests/test_mock/test_data.py';

/** What rules answer. */
export const ruleShapes: RecordedShape[] = [
  {
    name: 'a duplicate of a single record',
    source:
      'https://github.com/rudderlabs/rudder-server enterprise/reporting/error_extractor_test.go (an answer of v50.0)',
    ask: (org) =>
      withSettings(org, { duplicateRules }, async () => {
        const create = () => org.call('/sobjects/Contact', { method: 'POST', user: 'admin', body: twin });
        await create();
        return create();
      }),
    status: 400,
    body: [
      {
        duplicateResut: {
          allowSave: 'boolean',
          duplicateRule: 'string',
          duplicateRuleEntityType: /^Contact$/,
          errorMessage: 'string',
          matchResults: [
            {
              entityType: /^Contact$/,
              errors: [],
              matchEngine: /^ExactMatchEngine$/,
              matchRecords: [
                {
                  additionalInformation: [],
                  fieldDiffs: [],
                  matchConfidence: 'number',
                  record: {
                    attributes: {
                      type: /^Contact$/,
                      url: /^\/services\/data\/v66\.0\/sobjects\/Contact\/003\w{15}$/,
                    },
                    Id: 'id',
                  },
                },
              ],
              rule: 'string',
              size: 'number',
              success: 'boolean',
            },
          ],
        },
        errorCode: /^DUPLICATES_DETECTED$/,
        message: 'string',
      },
    ],
  },
  {
    name: 'a duplicate in a collection',
    source: djangoTests,
    ask: (org) =>
      withSettings(org, { duplicateRules }, async () => {
        const records = [{ attributes: { type: 'Contact' }, ...twin, Email: 'row@twin.example' }];
        const create = () =>
          org.call('/composite/sobjects', { method: 'POST', user: 'admin', body: { records } });
        await create();
        return create();
      }),
    status: 200,
    body: [
      {
        success: 'boolean',
        errors: [
          { statusCode: /^DUPLICATES_DETECTED$/, message: /^Use one of these records\?$/, fields: [] },
        ],
      },
    ],
  },
];
