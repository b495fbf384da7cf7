import { NOT_FOUND, type GalleryItem, type SampleAnswer } from './gallery-item.ts';

const PATH_OBJECT = 'object-info/Account';
const PATH_SYNCED = 'list-records/Account/upflow__Upflow_Synced_Accounts';
const PATH_ATTENTION = 'list-records/Account/upflow__Upflow_Needs_Attention';
const CONSOLE = { consoleUrl: 'https://upflow-sync.example.com/console' };

const listOf = (count: number): SampleAnswer => ({
  data: { records: Array.from({ length: count }, (_, index) => ({ id: String(index), fields: {} })), count },
});

const WITHOUT_RIGHTS: SampleAnswer = { data: { fields: { Name: {} } } };
const WITH_RIGHTS: SampleAnswer = {
  data: {
    fields: {
      upflow__Outstanding_Amount__c: { updateable: false },
      upflow__Shared_Identifier__c: { updateable: true },
    },
  },
};

/** Every state of the checklist, from the installed package to figures that all arrive. */
export function listChecklists(): GalleryItem[] {
  const place = (
    name: string,
    title: string,
    answers: GalleryItem['answers'],
    settings = {},
  ): GalleryItem => ({
    name: `start-${name}`,
    title,
    component: 'upflowGetStarted',
    properties: settings,
    ...(answers === undefined ? {} : { answers }),
  });
  const known = (rights: SampleAnswer, synced: number, attention: number) => ({
    [PATH_OBJECT]: rights,
    [PATH_SYNCED]: listOf(synced),
    [PATH_ATTENTION]: listOf(attention),
  });
  const failed = { [PATH_OBJECT]: NOT_FOUND, [PATH_SYNCED]: NOT_FOUND, [PATH_ATTENTION]: NOT_FOUND };
  return [
    place('rights', 'Just installed', known(WITHOUT_RIGHTS, 0, 0), CONSOLE),
    place('connect', 'Rights given', known(WITH_RIGHTS, 0, 0), CONSOLE),
    place('no-console', 'Address of the console not set', known(WITH_RIGHTS, 0, 0)),
    place('synced', 'First figures, nothing in the way', known(WITH_RIGHTS, 1, 0), CONSOLE),
    place('attention-one', 'One Account needs attention', known(WITH_RIGHTS, 1, 1), CONSOLE),
    place('attention-many', 'Many Accounts need attention', known(WITH_RIGHTS, 1, 12), CONSOLE),
    place('unknown', 'Nothing could be found out', failed, CONSOLE),
    place('loading', 'Loading', undefined, CONSOLE),
  ];
}
