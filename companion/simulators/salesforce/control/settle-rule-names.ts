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
  const { validationRules, duplicateRules, triggers, assignmentRules, requiredFields } = settings;
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
    sharing: settleKeys(settings.sharing, (name) => finder.object('sharing', name).name),
    labels: settleKeys(settings.labels, (path) => finder.path('labels', path)),
  };
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
    const [objectName = '', name = ''] = text.split('.');
    return `${this.object(place, objectName).name}.${this.field(place, objectName, name)}`;
  }

  #findField({ fields }: ObjectSchema, name: string): FieldDefinition | undefined {
    const wanted = name.toLowerCase();
    return fields.get(wanted) ?? fields.get(`${this.#org.installed.namespace}__${wanted}`);
  }
}
