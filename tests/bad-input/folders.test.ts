import assert from 'node:assert/strict';
import { chmodSync, linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { asNobody, whyNotAnotherUser } from '../world/another-user.ts';
import { createDevice, makeAccount, type Device } from '../world/device.ts';
import { assertFails } from '../world/failures.ts';
import { filesBelow } from '../world/folder-digest.ts';
import { listNotes, listSpaces } from '../world/listings.ts';
import { runProgram } from '../world/program.ts';
import { startServerHere } from '../world/server-here.ts';
import { createWorld, type World } from '../world/world.ts';
import { writeBelow } from '../world/write-below.ts';

interface ReportedImport {
  readonly complete: boolean;
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
}

test('a folder without files, a file, and nothing at all are refused, and nothing is recorded', async (t) => {
  const { world, device } = await signedIn(t);
  await writeHereBefore(device);
  mkdirSync(join(world.folder, 'empty/in/it'), { recursive: true });
  writeFileSync(join(world.folder, 'a file.md'), 'text');
  const refusals = [
    ['empty', 'invalid', /has no files/],
    ['a file.md', 'invalid', /isn't a folder/],
    ['nowhere', 'not-found', /There's no folder/],
    ['laptop', 'invalid', /keeps its own data/],
  ] as const;
  for (const [name, code, message] of refusals)
    await assertFails(device, ['import', join(world.folder, name)], { exitCode: 1, code, message });
  assert.deepEqual(
    (await listSpaces(device)).map(({ name }) => name),
    ['Inbox'],
  );
  await assertHereBefore(device);
});

test('links out of the folder, to folders and to nothing are left out and named, the rest is imported', async (t) => {
  const { world, device } = await signedIn(t);
  await writeHereBefore(device);
  const notes = join(world.folder, 'notes');
  await writeBelow(world.folder, 'secret.md', 'not to be imported');
  await writeBelow(notes, 'in/note.md', 'in the folder\n');
  symlinkSync(join(world.folder, 'secret.md'), join(notes, 'out.md'));
  symlinkSync('../..', join(notes, 'in', 'up'));
  symlinkSync('nowhere', join(notes, 'broken.md'));
  symlinkSync('loop', join(notes, 'loop'));
  symlinkSync('in/note.md', join(notes, 'same.md'));
  linkSync(join(notes, 'in/note.md'), join(notes, 'hard.md'));
  await runProgram(world, ['mkfifo', join(notes, 'pipe')]);
  const report = (await device.json(['import', notes])) as ReportedImport;
  assert.equal(report.complete, true);
  assert.deepEqual(
    new Map(report.skipped.map(({ path, reason }) => [path, reason])),
    new Map([
      ['broken.md', 'link-broken'],
      ['loop', 'link-broken'],
      ['out.md', 'link-leaves-folder'],
      ['pipe', 'not-a-file'],
      ['in/up', 'link-leaves-folder'],
    ]),
  );
  await assertHereBefore(device);
  const out = join(world.folder, 'out');
  await device.done(['export', out]);
  const exported = (await filesBelow(out)).map((path) => path.slice(out.length + 1));
  const imported = exported.filter((path) => !path.startsWith('Inbox/'));
  assert.deepEqual(imported, ['hard.md', 'in/note.md', 'same.md']);
  for (const path of imported) assert.equal(await readFile(join(out, path), 'utf8'), 'in the folder\n');
});

test(
  'what may not be read is named, the rest is imported, and the exit code says that something is missing',
  { skip: whyNotAnotherUser() },
  async (t) => {
    const world = await createWorld(t);
    chmodSync(world.folder, 0o777);
    const server = await startServerHere(world);
    const device = createDevice(world, 'laptop', { under: asNobody });
    await makeAccount(device, server.address);
    await writeHereBefore(device);
    const notes = join(world.folder, 'notes');
    await writeBelow(notes, 'readable.md', 'text\n');
    await writeBelow(notes, 'private.md', 'text\n');
    await writeBelow(notes, 'closed/note.md', 'text\n');
    writeFileSync(
      Buffer.concat([Buffer.from(join(notes, 'na')), Buffer.from([0xef]), Buffer.from('ve.md')]),
      'text\n',
    );
    chmodSync(join(notes, 'private.md'), 0o600);
    chmodSync(join(notes, 'closed'), 0o700);
    const { exitCode, stdout } = await device.run(['import', notes]);
    assert.equal(exitCode, 1);
    assert.match(stdout, /1 note added/);
    assert.match(stdout, /Skipped: private\.md: .*permission is denied/);
    assert.match(stdout, /Skipped: closed: .*permission is denied/);
    assert.match(stdout, /Skipped: na\\xefve\.md: .*isn't UTF-8/);
    assert.deepEqual(
      (await listNotes(device)).map((note) => note.name).filter((name) => name !== ''),
      ['readable.md'],
    );
    await assertHereBefore(device);
  },
);

test('what is over a limit is refused with the limit, and what was there stays', async (t) => {
  const { world, device } = await signedIn(t);
  await device.done(['space', 'add', 'Inbox']);
  await device.done(['note', 'add', 'As it was']);
  const [note] = await listNotes(device);
  const tooLarge = { exitCode: 1, code: 'too-large', message: /(limit is|at most) [\d,.]+ (bytes|GB)/ };
  const text = { stdin: 'x'.repeat(1_100_000) };
  await assertFails(device, ['note', 'add', '-'], tooLarge, text);
  await assertFails(device, ['note', 'edit', note?.id ?? '', '-'], tooLarge, text);
  await assertFails(device, ['space', 'add', 'n'.repeat(2_000)], tooLarge);
  const enormous = join(world.folder, 'enormous.bin');
  writeFileSync(enormous, '');
  truncateSync(enormous, 20_000_000_001);
  await assertFails(device, ['note', 'add', 'With a file', '--file', enormous], tooLarge);
  assert.deepEqual(
    (await listNotes(device)).map(({ title }) => title),
    ['As it was'],
  );
  assert.deepEqual(
    (await listSpaces(device)).map(({ name }) => name),
    ['Inbox'],
  );
  await device.done(['sync']);
});

async function writeHereBefore(device: Device): Promise<void> {
  await device.done(['space', 'add', 'Inbox']);
  await device.done(['note', 'add', 'Here before', '--space', 'Inbox']);
}

async function assertHereBefore(device: Device): Promise<void> {
  const notes = await listNotes(device);
  assert.equal(notes.filter(({ title }) => title === 'Here before').length, 1);
}

async function signedIn(t: Parameters<typeof createWorld>[0]): Promise<{ world: World; device: Device }> {
  const world = await createWorld(t);
  const server = await startServerHere(world);
  const device = createDevice(world, 'laptop');
  await makeAccount(device, server.address);
  return { world, device };
}
