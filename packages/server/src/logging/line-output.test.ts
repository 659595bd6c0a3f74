import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { afterTest } from '../testing/after-test.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openLineOutput } from './line-output.ts';

const isWindows = process.platform === 'win32';
const line = 'x'.repeat(999);

test(
  '[SRV-42] lines to a reader that stands still are lost and counted, which the next line says',
  { skip: isWindows },
  async (t) => {
    const { reader, output } = await openPipe(t);
    for (let lines = 0; lines < 1_000; lines += 1) output.write(line);
    const taken = readAll(reader);
    output.write('after');
    const [notice, last, end] = readAll(reader).split('\n');
    assert.equal(notice, `lost ${1_000 - taken.length / 1_000}`);
    assert.deepEqual([last, end], ['after', '']);
    assert.equal(taken, `${line}\n`.repeat(taken.length / 1_000));
  },
);

test(
  '[SRV-42] a long line that went in half is made whole before any other',
  { skip: isWindows },
  async (t) => {
    const { reader, output } = await openPipe(t);
    const long = 'y'.repeat(1_000_000);
    output.write(long);
    let received = readAll(reader);
    assert.ok(received.length > 0 && received.length < long.length);
    while (received.length <= long.length) {
      output.write('z');
      received += readAll(reader);
    }
    assert.equal(received.slice(0, long.length + 1), `${long}\n`);
    assert.match(received.slice(long.length + 1), /^(lost \d+\nz\n)?$/);
  },
);

test(
  '[SRV-42] lines to a full disk and to a pipe that nobody has open are lost without a word',
  { skip: process.platform !== 'linux' },
  async (t) => {
    const full = openSync('/dev/full', 'w');
    afterTest(t, () => closeSync(full));
    openLineOutput(full, String).write(line);
    const { reader, output } = await openPipe(t);
    closeSync(reader);
    output.write(line);
  },
);

/** A pipe with the end that a shell gives to a program, and the other end. */
async function openPipe(t: TestContext) {
  const path = join(await temporaryFolder(t), 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, 'w');
  afterTest(t, () => closeSync(writer));
  return { reader, output: openLineOutput(writer, (count) => `lost ${count}`) };
}

/** What is in the pipe now. */
function readAll(reader: number): string {
  const piece = Buffer.alloc(65_536);
  const pieces: string[] = [];
  for (;;) {
    const bytes = readNow(reader, piece);
    if (bytes === 0) return pieces.join('');
    pieces.push(piece.toString('utf8', 0, bytes));
  }
}

function readNow(reader: number, piece: Buffer): number {
  try {
    return readSync(reader, piece);
  } catch {
    return 0;
  }
}
