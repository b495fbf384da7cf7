import type { VisibleField } from '../access/resolve-access.ts';
import { requireObject, type ApiCall } from '../http/api-call.ts';
import type { Answer } from '../http/send-answer.ts';

/**
 * GET /ui-api/object-info/<object>: what a user may do with the object and which of its fields the user sees.
 * https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_resources_object_info.htm
 */
export function readObjectInfo(call: ApiCall): Answer {
  const { schema, permission, fields } = requireObject(call);
  const body = {
    apiName: schema.name,
    createable: permission.create,
    custom: schema.name.endsWith('__c'),
    deletable: permission.delete,
    fields: Object.fromEntries([...fields.values()].map((field) => [field.name, describeInfo(field)])),
    keyPrefix: schema.keyPrefix,
    label: schema.label,
    labelPlural: schema.labelPlural,
    queryable: true,
    updateable: permission.edit,
  };
  return { status: 200, body };
}

function describeInfo(field: VisibleField): object {
  const { name, label, length, precision, scale, nillable, editable } = field;
  const dataType = field.type.charAt(0).toUpperCase() + field.type.slice(1);
  return {
    apiName: name,
    createable: editable,
    custom: field.custom,
    dataType,
    inlineHelpText: field.helpText,
    label,
    length,
    precision,
    required: !nillable,
    scale,
    updateable: editable && !field.createOnly,
  };
}
