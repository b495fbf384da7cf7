import type { Settings } from '../org/settings.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { ObjectSchema } from '../schema/build-schema.ts';
import type { FieldDefinition } from '../schema/field-definition.ts';
import { ControlError } from './control-error.ts';

/**
 * Finds the objects and fields that rules name, in any case and with or without the namespace, and spells them out. A
 * rule that names what the org does not have would never fire, so it is refused.
 */
export function settleRuleNames(org: SimulatedOrg, settings: Settings): Settings {
  const finder = new NameFinder(org);
  const { validationRules, duplicateRules, triggers, assignmentRules, requiredFields, recordTypes } =
    settings;
  return {
    ...settings,
    validationRules: validationRules.map((rule, index) =>
      finder.settle(`validationRules.${index}`, rule, ['field', 'errorField']),
    ),
    duplicateRules: duplicateRules.map((rule, index) => {
      const place = `duplicateRules.${index}`;
      const settled = finder.settle(place, rule, []);
      return { ...settled, matchOn: rule.matchOn.map((name) => finder.field(place, rule.object, name)) };
    }),
    triggers: triggers.map((rule, index) => {
      const place = `triggers.${index}`;
      const settled = finder.settle(place, rule, ['field', 'touchParent']);
      if (rule.set === undefined) return settled;
      const set = Object.entries(rule.set).map(([name, value]) => [
        finder.field(place, rule.object, name),
        value,
      ]);
      return { ...settled, set: Object.fromEntries(set) as typeof rule.set };
    }),
    assignmentRules: assignmentRules.map((rule, index) =>
      finder.settle(`assignmentRules.${index}`, rule, ['field']),
    ),
    requiredFields: requiredFields.map((rule, index) =>
      finder.settle(`requiredFields.${index}`, rule, ['field']),
    ),
    recordTypes: recordTypes.map((type, index) => finder.settle(`recordTypes.${index}`, type, [])),
    recordCounts: settleKeys(settings.recordCounts, (name) => finder.object('recordCounts', name).name),
    sharing: settleSharing(finder, settings),
    labels: settleKeys(settings.labels, (path) => finder.path('labels', path)),
  };
}

/** Only what has a parent can be controlled by it; here the parent is the Account. */
function settleSharing(finder: NameFinder, { sharing }: Settings): Settings['sharing'] {
  for (const [name, model] of Object.entries(sharing)) {
    const { fields } = finder.object('sharing', name);
    if (model !== 'ControlledByParent' || fields.get('accountid')?.referenceTo.includes('Account')) continue;
    throw new ControlError(`sharing: ${name} has no parent that could control it.`);
  }
  return settleKeys(sharing, (name) => finder.object('sharing', name).name);
}

function settleKeys<Value>(
  map: Record<string, Value>,
  settle: (key: string) => string,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [settle(key), value]));
}

class NameFinder {
  readonly #org: SimulatedOrg;

  constructor(org: SimulatedOrg) {
    this.#org = org;
  }

  /** A rule with its object and the fields that some of its properties name. */
  settle<Rule extends { object: string }>(place: string, rule: Rule, properties: (keyof Rule)[]): Rule {
    const settled = { ...rule, object: this.object(place, rule.object).name };
    for (const property of properties) {
      const name = rule[property];
      if (typeof name !== 'string') continue;
      Object.assign(settled, { [property]: this.field(place, rule.object, name) });
    }
    return settled;
  }

  object(place: string, name: string): ObjectSchema {
    const object = this.#org.schema.get(name.toLowerCase());
    if (object !== undefined) return object;
    throw new ControlError(`${place}: the org has no object ${name}.`);
  }

  field(place: string, objectName: string, name: string): string {
    const object = this.object(place, objectName);
    const field = this.#findField(object, name);
    if (field !== undefined) return field.name;
    throw new ControlError(`${place}: ${object.name} has no field ${name}.`);
  }

  /** `Object.Field` */
  path(place: string, text: string): string {
    const [objectName = '', name = '', ...rest] = text.split('.');
    if (rest.length > 0) throw new ControlError(`${place}: ${text} is no field of an object.`);
    return `${this.object(place, objectName).name}.${this.field(place, objectName, name)}`;
  }

  #findField({ fields }: ObjectSchema, name: string): FieldDefinition | undefined {
    const wanted = name.toLowerCase();
    return fields.get(wanted) ?? fields.get(`${this.#org.installed.namespace}__${wanted}`);
  }
}
