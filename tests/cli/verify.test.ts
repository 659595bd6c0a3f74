import assert from 'node:assert/strict';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createWorld, type World } from './world.ts';

let world: World;

before(async () => {
  world = await createWorld();
  await world.signIn(await world.startServer('server'), 'a');
});

after(() => world.close());

test('[VFY-12] verify and status end with 6 while something is wrong on the server, and say what to do', async () => {
  const folder = join(world.folder, 'pictures');
  await mkdir(folder);
  await writeFile(join(folder, 'sunrise.jpg'), Buffer.alloc(2_000, 7));
  await writeFile(join(folder, 'text.md'), 'text');
  await world.succeed('a', ['import', folder]);
  await world.succeed('a', ['sync']);
  assert.equal(
    (await world.succeed('a', ['verify', '--deep'])).replace(/http:\S+/, 'ADDRESS'),
    [
      'server     ADDRESS',
      'log        5 entries checked',
      'opened     5 of 5',
      'identical  5 of 5',
      'files      1 piece of 1 file downloaded and checked (2.1 kB)',
      'found      no problems',
      '',
    ].join('\n'),
  );
  assert.match(await world.succeed('a', ['status']), /log +entry 5, code ([0-9A-Z]{4}-){3}[0-9A-Z]{4}\n/);
  const chunks = join(world.folder, 'server', 'chunks');
  for (const name of await readdir(chunks))
    if (name.length === 2) await rm(join(chunks, name), { recursive: true });
  const verified = await world.dataans('a', ['verify']);
  assert.equal(verified.exitCode, 6);
  assert.equal(verified.stderr, '');
  assert.match(verified.stdout, /found +1 problem\nnote +The server is missing a piece of “sunrise\.jpg”/);
  assert.match(
    verified.stdout,
    /It sends the piece again\. The commands: dataans .*verify --deep, dataans .*sync\n$/,
  );
  const status = await world.dataans('a', ['status']);
  assert.equal(status.exitCode, 6);
  assert.match(
    status.stdout,
    /state +Something needs your attention\.[^]*note +The server is missing a piece/,
  );
  const json = await world.dataans('a', ['verify', '--json']);
  assert.equal(json.exitCode, 6);
  const report = JSON.parse(json.stdout) as {
    findings: { kind: string; concerns: object }[];
    findingCount: number;
  };
  assert.equal(report.findingCount, 1);
  assert.equal(report.findings[0]?.kind, 'chunk-missing');
});
