import assert from 'node:assert/strict';
import {
  compileSchema,
  documentedOperations,
  findResponse,
  parseHeader,
  type DocumentedOperation,
} from './openapi-document.ts';

/**
 * Fails unless `docs/spec/openapi.json` foresees the answer: its status, its headers, its media type,
 * and of JSON the value. Leaves the body to be read.
 */
export async function assertDocumented(method: string, path: string, answer: Response): Promise<void> {
  const { pathname } = new URL(`http://server.example${path}`);
  const atPath = documentedOperations.filter((operation) => isAt(operation, pathname));
  if (atPath.length === 0) return assert.equal(answer.status, 404, `${path} is not documented`);
  const operation = atPath.find((one) => one.method === method) ?? getFor(method, atPath);
  if (operation === undefined) return assert.equal(answer.status, 405, `${method} ${path} is not documented`);
  const where = `${method} ${operation.path} ${answer.status}`;
  const { headers, content } = findResponse(operation, String(answer.status));
  for (const [name, documented] of Object.entries(headers)) {
    const { required, schema } = parseHeader(documented);
    const value = answer.headers.get(name);
    assert.ok(value !== null || !required, `${where}: ${name} is missing`);
    if (value !== null) assertValid(schema, value, `${where}: ${name}`);
  }
  const mediaType = answer.headers.get('content-type')?.split(';')[0];
  if (method === 'HEAD') return;
  if (mediaType === undefined) return assert.deepEqual(content, {}, `${where}: has no body`);
  const media = content[mediaType];
  assert.ok(media !== undefined, `${where}: ${mediaType} is not documented`);
  if (/[/+]json$/.test(mediaType)) assertValid(media.schema, await answer.clone().json(), where);
}

/** Literal paths go before those with something that varies; `{path}` is all the rest. */
function isAt({ path }: DocumentedOperation, pathname: string): boolean {
  if (pathname === path) return true;
  return (
    !documentedOperations.some((one) => one.path === pathname) &&
    new RegExp(`^${path.replace('{path}', '.*').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname)
  );
}

/** HEAD is answered wherever GET is. */
function getFor(method: string, operations: readonly DocumentedOperation[]): DocumentedOperation | undefined {
  return method === 'HEAD' ? operations.find((one) => one.method === 'GET') : undefined;
}

function assertValid(schema: unknown, value: unknown, where: string): void {
  const validate = compileSchema(schema);
  assert.ok(validate(value), `${where}: ${JSON.stringify(validate.errors)}`);
}
