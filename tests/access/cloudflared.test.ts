import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';
import { assertSameFolders } from '../world/compare-folders.ts';
import { joinAccount, makeAccount } from '../world/device.ts';

import { createWorld, type World } from '../world/world.ts';
import { writeBelow } from '../world/write-below.ts';
import { createBehindEdge, you } from './behind-edge.ts';

/** As much of `cloudflared` as is asked: it prints the token that it holds, or a sentence where it holds none. */
const program = `#!${process.execPath}
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
appendFileSync(process.env.ASKED, process.argv.slice(2).join(' ') + '\\n');
if (!existsSync(process.env.HELD)) {
  console.error('Unable to find token for provided application. Please run login command to generate token.');
  process.exit(1);
}
process.stdout.write(readFileSync(process.env.HELD, 'utf8'));
`;

interface Cloudflared {
  readonly environment: Readonly<Record<string, string>>;
  /** What it prints from now on. */
  hold(token: string): Promise<void>;
  /** The lines of arguments that it was called with. */
  calls(): Promise<readonly string[]>;
}

async function installCloudflared(world: World): Promise<Cloudflared> {
  const programs = join(world.folder, 'programs');
  await mkdir(programs);
  await writeFile(join(programs, 'package.json'), '{ "type": "module" }');
  await writeFile(join(programs, 'cloudflared'), program);
  await chmod(join(programs, 'cloudflared'), 0o755);
  const path = [programs, dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  const [held, asked] = [join(world.folder, 'held'), join(world.folder, 'asked')];
  return {
    environment: { PATH: path, HELD: held, ASKED: asked },
    hold: (token) => writeFile(held, `${token}\n`),
    calls: async () => (await readFile(asked, 'utf8')).trim().split('\n'),
  };
}

test('[ACC-8] where cloudflared holds a token, a device signs in with it and takes the next one by itself', async (t) => {
  const world = await createWorld(t);
  const { edge, address, device } = await createBehindEdge(world);
  const cloudflared = await installCloudflared(world);
  await cloudflared.hold(edge.sessions.startUser(you));
  const laptop = device('laptop', cloudflared.environment);
  await makeAccount(laptop, address);
  assert.deepEqual(new Set(await cloudflared.calls()), new Set([`access token --app=${address}`]));
  await laptop.done(['space', 'add', 'Inbox']);
  await laptop.done(['sync']);

  edge.sessions.end();
  await cloudflared.hold(edge.sessions.startUser(you));
  await laptop.done(['note', 'add', 'after', '--space', 'Inbox']);
  assert.match((await laptop.done(['sync'])).stdout, /^Sent 1 change/);

  edge.sessions.end();
  await laptop.done(['note', 'add', 'kept', '--space', 'Inbox']);
  const { exitCode, stderr } = await laptop.run(['sync']);
  assert.equal(exitCode, 3, stderr);
  assert.match(stderr, new RegExp(`sign-in ${address}`));
  await cloudflared.hold(edge.sessions.startUser(you));
  assert.match((await laptop.done(['sync'])).stdout, /^Sent 1 change/);
});

test('[SYN-17] a session that ends in the middle of a sync costs nothing: the next one sends the rest', async (t) => {
  const world = await createWorld(t);
  const sent: string[] = [];
  const { edge, address, device, service } = await createBehindEdge(world, {
    onRequest: ({ method }, { kind }) => {
      if (method !== 'PUT' || kind !== 'enter') return;
      sent.push(kind);
      if (sent.length === 4) edge.sessions.end(you);
    },
  });
  const cloudflared = await installCloudflared(world);
  await cloudflared.hold(edge.sessions.startUser(you));
  const laptop = device('laptop', cloudflared.environment);
  const passphrase = await makeAccount(laptop, address);
  const [notes, out] = [join(world.folder, 'notes'), join(world.folder, 'out')];
  for (let index = 0; index < 12; index += 1)
    await writeBelow(notes, `pictures/${index}.bin`, randomBytes(300_000));
  await laptop.done(['import', notes]);
  const { exitCode, stderr } = await laptop.run(['sync']);
  assert.equal(exitCode, 3, stderr);

  await cloudflared.hold(edge.sessions.startUser(you));
  await laptop.done(['sync']);
  assert.equal(sent.length, 1 + 12, 'the account record, and every chunk once');
  const phone = device('phone', service);
  await joinAccount(phone, address, passphrase);
  await phone.done(['sync']);
  await phone.done(['export', out]);
  await assertSameFolders(world, notes, out);
});
