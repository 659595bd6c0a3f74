import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { repository } from '../world/repository.ts';

const read = (path: string) => readFile(join(repository, path), 'utf8');

test('the alert rules and the dashboard name metrics that the server has', async () => {
  const sources = await Promise.all(
    ['metrics', 'health'].map((name) => read(`packages/server/src/routes/${name}.ts`)),
  );
  const named = [
    await read('deploy/prometheus/dataans.rules.yml'),
    await read('deploy/grafana/dataans.json'),
  ].flatMap((text) => text.match(/\b(?:dataans|process)_[a-z_]+\b/g) ?? []);
  assert.ok(named.length > 10);
  assert.deepEqual(
    named.filter((name) => !sources.join('').includes(`'${name}'`)),
    [],
  );
});
