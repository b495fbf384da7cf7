const text = { type: 'string', minLength: 1 };
const reference = {
  type: 'object',
  properties: { $ref: { type: 'string', pattern: '^#/components/' } },
  required: ['$ref'],
};

/** The rules of OpenAPI 3.1 for what our description uses; schemas are JSON Schema 2020-12 and checked as such. */
export const openApiSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  required: ['openapi', 'info', 'paths'],
  additionalProperties: false,
  properties: {
    openapi: { type: 'string', pattern: String.raw`^3\.1\.\d+$` },
    info: {
      type: 'object',
      required: ['title', 'version'],
      additionalProperties: false,
      properties: { title: text, version: text, description: text },
    },
    paths: {
      type: 'object',
      additionalProperties: false,
      patternProperties: {
        '^/': {
          type: 'object',
          additionalProperties: false,
          patternProperties: { '^(get|put|post|delete|patch)$': { $ref: '#/$defs/operation' } },
        },
      },
    },
    components: {
      type: 'object',
      additionalProperties: false,
      properties: {
        schemas: { type: 'object', propertyNames: { pattern: String.raw`^[\w.-]+$` } },
        parameters: { type: 'object' },
        securitySchemes: { type: 'object', additionalProperties: { $ref: '#/$defs/securityScheme' } },
      },
    },
    webhooks: { type: 'object' },
    tags: { type: 'array' },
    servers: { type: 'array' },
  },
  $defs: {
    operation: {
      type: 'object',
      required: ['responses', 'summary', 'tags'],
      additionalProperties: false,
      properties: {
        tags: { type: 'array', items: text, minItems: 1 },
        summary: text,
        description: { type: 'string' },
        operationId: text,
        deprecated: { type: 'boolean' },
        parameters: { type: 'array', items: { anyOf: [reference, { $ref: '#/$defs/parameter' }] } },
        requestBody: {
          type: 'object',
          required: ['content'],
          additionalProperties: false,
          properties: {
            content: { $ref: '#/$defs/content' },
            required: { type: 'boolean' },
            description: text,
          },
        },
        responses: {
          type: 'object',
          minProperties: 1,
          additionalProperties: false,
          patternProperties: { '^([1-5][0-9]{2}|default)$': { $ref: '#/$defs/response' } },
        },
        security: {
          type: 'array',
          items: { type: 'object', additionalProperties: { type: 'array', items: text } },
        },
      },
    },
    parameter: {
      type: 'object',
      required: ['name', 'in', 'schema'],
      additionalProperties: false,
      properties: {
        name: text,
        in: { enum: ['path', 'query', 'header', 'cookie'] },
        required: { type: 'boolean' },
        description: text,
        schema: { type: ['object', 'boolean'] },
      },
      if: { properties: { in: { const: 'path' } } },
      then: { properties: { required: { const: true } }, required: ['required'] },
    },
    response: {
      type: 'object',
      required: ['description'],
      additionalProperties: false,
      properties: { description: text, content: { $ref: '#/$defs/content' }, headers: { type: 'object' } },
    },
    content: {
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern: '^[a-z]+/[a-z0-9.+*-]+' },
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        properties: { schema: { type: ['object', 'boolean'] }, example: true, examples: { type: 'object' } },
      },
    },
    securityScheme: {
      oneOf: [
        { properties: { type: { const: 'http' }, scheme: text }, required: ['type', 'scheme'] },
        {
          properties: { type: { const: 'apiKey' }, in: { enum: ['query', 'header', 'cookie'] }, name: text },
          required: ['type', 'in', 'name'],
        },
      ],
    },
  },
};
