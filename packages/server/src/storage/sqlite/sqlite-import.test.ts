import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { randomBytesToUuid, type LogId } from '@dataans/core';
import { sha256 } from '../../hash.ts';
import { copyLog } from '../../log/copy-log.ts';
import { createMemoryLog } from '../../log/memory-log.ts';
import { envelopeFrames } from '../../testing/frames.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openSqliteImport } from './sqlite-import.ts';
import { openSqliteLog } from './sqlite-log.ts';

function newLog() {
  return createMemoryLog({ log: randomBytesToUuid<LogId>(randomBytes(16)), hash: sha256 });
}

test('[SRV-104] a copy of a log is the same log, and a later copy reads only what is new', async (t) => {
  const from = newLog();
  const path = join(await temporaryFolder(t), 'log.sqlite');
  const pages: number[] = [];
  const counted: typeof from = {
    ...from,
    readPage: (question) => {
      pages.push(question.after);
      return from.readPage(question);
    },
  };
  const copy = async () => {
    const to = openSqliteImport({ path, hash: sha256, log: from.id });
    await copyLog(counted, to, () => {});
    to.close();
  };
  for (const label of ['first', 'second']) await from.append(envelopeFrames(label, 600));
  await from.putAccount(new Uint8Array([1]), { kind: 'absent' });
  await copy();
  assert.deepEqual(pages.splice(0), [0, 1_000]);
  await from.append(envelopeFrames('third', 5));
  await from.putAccount(new Uint8Array([2]), { kind: 'matches', hash: sha256(new Uint8Array([1])) });
  await copy();
  assert.deepEqual(pages, [1_200]);

  const copied = openSqliteLog({ path, hash: sha256, newLogId: () => assert.fail('It has an id.') });
  t.after(() => copied.close());
  const head = await copied.head();
  assert.equal(head.seq, 1_205);
  assert.deepEqual(Buffer.from(head.chain), Buffer.from((await from.head()).chain));
  assert.equal(head.log, from.id);
  assert.deepEqual([...((await copied.account()) ?? [])], [2]);
});

test('[SRV-104] a copy does not go on with another log', async (t) => {
  const path = join(await temporaryFolder(t), 'log.sqlite');
  const [from, other] = [newLog(), newLog()];
  await from.append(envelopeFrames('a', 1));
  const to = openSqliteImport({ path, hash: sha256, log: from.id });
  await copyLog(from, to, () => {});
  await other.append(envelopeFrames('b', 2));
  await assert.rejects(
    copyLog(other, to, () => {}),
    { message: /is of another log/ },
  );
  to.close();
  assert.throws(() => openSqliteImport({ path, hash: sha256, log: other.id }), {
    message: /is of another log/,
  });
});
