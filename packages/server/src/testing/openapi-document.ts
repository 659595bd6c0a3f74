import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import * as v from 'valibot';

const file = join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'spec', 'openapi.json');

const reference = v.object({ $ref: v.string() });
const header = v.object({ required: v.optional(v.boolean(), false), schema: v.unknown() });
const content = v.record(v.string(), v.object({ schema: v.optional(v.unknown()) }));
const operation = v.object({
  security: v.optional(v.array(v.unknown())),
  requestBody: v.optional(v.object({ content, 'x-bytes-max': v.number() })),
  responses: v.record(v.string(), v.unknown()),
});
const response = v.object({
  headers: v.record(v.string(), v.unknown()),
  content: v.optional(content, {}),
});
const methods = ['get', 'head', 'put', 'post', 'delete', 'options', 'patch', 'trace'] as const;

export type DocumentedResponse = v.InferOutput<typeof response>;
export type DocumentedHeader = v.InferOutput<typeof header>;

/** One method of one path, as `docs/spec/openapi.json` has it. */
export interface DocumentedOperation extends v.InferOutput<typeof operation> {
  readonly method: string;
  /** With `{name}` for what varies. */
  readonly path: string;
}

const source: unknown = JSON.parse(readFileSync(file, 'utf8'));

// OpenAPI has more words than JSON Schema, which strict mode would refuse.
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema({ ...v.parse(v.looseObject({}), source), $id: 'openapi' });

export const documentedOperations: readonly DocumentedOperation[] = Object.entries(
  v.parse(v.object({ paths: v.record(v.string(), v.record(v.string(), v.unknown())) }), source).paths,
).flatMap(([path, item]) =>
  methods
    .filter((method) => item[method] !== undefined)
    .map((method) => ({ ...v.parse(operation, item[method]), method: method.toUpperCase(), path })),
);

/** What a status, or `default`, is answered with: what stands for all others where it has nothing of its own. */
export function findResponse({ responses }: DocumentedOperation, status: string): DocumentedResponse {
  return v.parse(response, follow(responses[status] ?? responses['default']));
}

export function parseHeader(value: unknown): DocumentedHeader {
  return v.parse(header, follow(value));
}

/** Checks values against a schema of the document, given as it stands there. */
export function compileSchema(schema: unknown): ValidateFunction {
  const text = JSON.stringify(schema).replaceAll('"#/', '"openapi#/');
  const known = validateByText.get(text);
  if (known !== undefined) return known;
  const validate = ajv.compile(v.parse(v.looseObject({}), JSON.parse(text)));
  validateByText.set(text, validate);
  return validate;
}

const validateByText = new Map<string, ValidateFunction>();

export function compileComponent(name: string): ValidateFunction {
  return compileSchema({ $ref: `#/components/schemas/${name}` });
}

export function findComponent(name: string): unknown {
  return follow({ $ref: `#/components/schemas/${name}` });
}

/** The schema of a parameter. */
export function findParameter(path: string, method: string, name: string): unknown {
  const { parameters } = v.parse(
    v.object({ parameters: v.array(v.object({ name: v.string(), schema: v.unknown() })) }),
    follow({ $ref: `#/paths/${path.replaceAll('/', '~1')}/${method}` }),
  );
  return parameters.find((parameter) => parameter.name === name)?.schema;
}

/** The codes that the problem documents of a response may have; none where it is no problem. */
export function codesOf({
  content: { 'application/problem+json': media },
}: DocumentedResponse): readonly string[] {
  if (media === undefined) return [];
  const shape = v.object({
    properties: v.object({
      code: v.object({ const: v.optional(v.string()), enum: v.optional(v.array(v.string())) }),
    }),
  });
  const { code } = v.parse(shape, media.schema).properties;
  return code.enum ?? (code.const === undefined ? [] : [code.const]);
}

function follow(value: unknown): unknown {
  if (!v.is(reference, value)) return value;
  return value.$ref
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/'))
    .reduce<unknown>((node, key) => v.parse(v.looseObject({}), node)[key], source);
}
