import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { utf8ToBytes, type ChunkName } from '@dataans/core';
import * as v from 'valibot';
import { nameOf, piecesOf } from '../chunks/chunk-store.contract.ts';
import { sha256 } from '../hash.ts';
import { openDataFolder, openDataFolderToRead } from '../storage/data-folder.ts';
import { envelopeFrames } from '../testing/frames.ts';
import { createRecordedOutput } from '../testing/recorded-output.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { checkStores } from './check.ts';
import { afterTest } from '../testing/after-test.ts';

const chunks = ['one', 'two', 'three'].map(utf8ToBytes);
const operations = 2_500;

test('[SRV-31] a whole data folder is found whole', async (t) => {
  const { report, rejection, shown } = await check(await filledFolder(t));
  assert.equal(rejection, null);
  assert.deepEqual(report, {
    ok: true,
    operations: { checked: operations, damaged: 0 },
    chunks: { checked: 3, bytes: 11, damaged: 0 },
    findings: [],
  });
  assert.deepEqual(shown, [
    'Operations: 1000 of 2500',
    'Operations: 2000 of 2500',
    'Operations: 2500 of 2500',
    'Chunks: 1',
    'Chunks: 2',
    'Chunks: 3',
    '',
  ]);
});

const logDamage: readonly (readonly [title: string, sql: string, findings: readonly string[]])[] = [
  [
    'other bytes in an operation',
    `UPDATE operations SET body = zeroblob(100) WHERE seq = 1200`,
    ['operation 1200: does not match the chain'],
  ],
  [
    'another id of an operation',
    `UPDATE operations SET id = zeroblob(16) WHERE seq = 1`,
    ['operation 1: does not match the chain'],
  ],
  [
    'another link of the chain',
    `UPDATE operations SET chain = zeroblob(32) WHERE seq = 1000`,
    ['operation 1000: does not match the chain', 'operation 1001: does not match the chain'],
  ],
  [
    'two operations in each other’s place',
    `UPDATE operations SET seq = -1 WHERE seq = 7; UPDATE operations SET seq = 7 WHERE seq = 8; UPDATE operations SET seq = 8 WHERE seq = -1`,
    [
      'operation 7: does not match the chain',
      'operation 8: does not match the chain',
      'operation 9: does not match the chain',
    ],
  ],
  [
    'operations cut off',
    `UPDATE operations SET body = x'00' WHERE seq IN (1200, 1202)`,
    ['operation 1200: is not one', 'operation 1202: is not one'],
  ],
  [
    'an operation of a kind that there is not',
    `UPDATE operations SET kind = 7 WHERE seq = 2500`,
    ['operation 2500: is not one'],
  ],
  ['an operation gone', 'DELETE FROM operations WHERE seq = 3', ['operation 3: is missing']],
  [
    'an account record that is none',
    `INSERT INTO account (only, record) VALUES (1, x'00')`,
    ['account record: is not one'],
  ],
];

for (const [title, sql, findings] of logDamage)
  test(`[SRV-31] ${title} is found and named`, async (t) => {
    const root = await filledFolder(t);
    const database = new DatabaseSync(join(root, 'log.sqlite'));
    database.exec(sql);
    database.close();
    const { report, rejection } = await check(root);
    assert.deepEqual(report.findings, findings);
    assert.equal(report.ok, false);
    assert.equal(rejection?.exitCode, 6);
  });

test('[SRV-31] damaged chunks are found and named', async (t) => {
  const root = await filledFolder(t);
  const [one, two] = [nameOf(utf8ToBytes('one')), nameOf(utf8ToBytes('two'))];
  await writeFile(chunkPath(root, one), 'eno');
  await truncate(chunkPath(root, two), 1);
  const { report, rejection } = await check(root);
  assert.deepEqual(
    report.findings.toSorted(),
    [one, two].map((name) => `chunk ${name}: its bytes are not the ones it was stored with`).toSorted(),
  );
  assert.match(rejection?.message ?? '', /^Found 2 damaged items\. /);
});

test('[SRV-31] a folder that is none of a server is refused', async (t) => {
  await assert.rejects(openDataFolderToRead(await temporaryFolder(t)), {
    message: /isn't a server's data folder/,
  });
});

test('[SRV-31] a folder that a server writes to can be checked', async (t) => {
  const root = await filledFolder(t);
  const server = await openDataFolder(root);
  afterTest(t, () => server.close());
  assert.equal((await check(root)).report.ok, true);
});

async function filledFolder(t: TestContext): Promise<string> {
  const root = await temporaryFolder(t);
  const folder = await openDataFolder(root);
  await folder.log.append(envelopeFrames(randomUUID(), operations));
  for (const chunk of chunks) await folder.chunks.put(nameOf(chunk), piecesOf(chunk, 9));
  await folder.close();
  return root;
}

const reportShape = v.looseObject({ ok: v.boolean(), findings: v.array(v.string()) });

async function check(root: string) {
  const folder = await openDataFolderToRead(root);
  const output = createRecordedOutput();
  const shown: string[] = [];
  const progress = { show: (text: string) => void shown.push(text), clear: () => void shown.push('') };
  const rejection = await checkStores({ ...folder, hash: sha256 }, { output, progress, asJson: true }).then(
    () => null,
    (error: { readonly message: string; readonly exitCode: number }) => error,
  );
  await folder.log.close();
  const report = v.parse(reportShape, JSON.parse(output.printed.stdout));
  return { report, rejection, shown };
}

function chunkPath(root: string, name: ChunkName): string {
  return join(root, 'chunks', name.slice(0, 2), name);
}
