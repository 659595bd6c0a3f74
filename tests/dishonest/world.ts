import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCaptured, type Captured } from '../../packages/cli/src/testing/run-captured.ts';
import { digestFolder } from '../world/folder-digest.ts';
import { createWorld } from '../world/world.ts';
import { startLyingServer, type LyingServer } from './lying-server.ts';
import type { ToldLie } from './lies.ts';

const password = 'correct horse';

/** Devices of one account, at a server that may lie. `author` is the one that nobody lies to. */
export interface DishonestWorld {
  readonly folder: string;
  readonly server: LyingServer;
  /** Texts of all notes that were ever written. */
  readonly written: ReadonlySet<string>;
  /** Makes a device that stands as the lie needs it, at an honest server. */
  prepare(kind: ToldLie['to']): Promise<string>;
  run(device: string, args: readonly string[]): Promise<Captured>;
  succeed(device: string, args: readonly string[]): Promise<string>;
  findings(
    device: string,
    args: readonly string[],
  ): Promise<{ readonly exitCode: number; readonly kinds: readonly string[] }>;
  /** Texts of the notes that can be read there, in the order in which they were made. */
  notesOf(device: string): Promise<readonly string[]>;
  /** Each chunk that the device holds has the hash that it is named by. */
  assertChunksWhole(device: string): Promise<void>;
  /** The device and the author have the same notes and files, and nothing waits. */
  assertSame(device: string): Promise<void>;
  close(): Promise<void>;
}

const author = 'author';
const follower = 'follower';

export async function createDishonestWorld(): Promise<DishonestWorld> {
  let close = async (): Promise<void> => undefined;
  const world = await createWorld({ after: (cleanUp) => (close = cleanUp) });
  const { folder } = world;
  const server = await startLyingServer(world);
  const written = new Set<string>();
  let newcomers = 0;
  let passphrase = '';

  const run: DishonestWorld['run'] = (device, args) =>
    runCaptured(['--home', join(folder, device), ...args], {
      environment: { DATAANS_PASSWORD: password, DATAANS_PASSPHRASE: passphrase },
    });
  const succeed: DishonestWorld['succeed'] = async (device, args) => {
    const { exitCode, stdout, stderr } = await run(device, args);
    assert.equal(exitCode, 0, `dataans ${args.join(' ')}: ${stderr}${stdout}`);
    return stdout;
  };
  const signIn = (device: string): Promise<string> =>
    succeed(device, ['sign-in', server.address, '--device', device]);
  const write = async (device: string, notes: number): Promise<void> => {
    for (let note = 0; note < notes; note += 1) {
      const text = `note ${String(written.size).padStart(4, '0')}`;
      written.add(text);
      await succeed(device, ['note', 'add', text, '--space', 'Inbox']);
    }
  };
  const notesOf: DishonestWorld['notesOf'] = async (device) => {
    const notes = JSON.parse(await succeed(device, ['note', 'list', '--json'])) as { title: string }[];
    return notes
      .map(({ title }) => title)
      .filter((title) => title.startsWith('note '))
      .toSorted();
  };
  const exported = async (device: string): Promise<ReadonlyMap<string, string>> => {
    const out = join(folder, `out-${randomBytes(8).toString('hex')}`);
    await succeed(device, ['export', out]);
    return digestFolder(out);
  };

  await signIn(author);
  passphrase = (await succeed(author, ['passphrase'])).trim();
  await succeed(author, ['space', 'add', 'Inbox']);
  await writeFile(join(folder, 'film'), randomBytes(2_500_000));
  await succeed(author, ['note', 'add', 'with a film', '--space', 'Inbox', '--file', join(folder, 'film')]);
  await write(author, 3);
  await succeed(author, ['sync']);
  await signIn(follower);
  await succeed(follower, ['sync']);
  await succeed(author, ['sync']);

  return {
    folder,
    server,
    written,
    run,
    succeed,
    notesOf,
    close,
    prepare: async (kind) => {
      switch (kind) {
        case 'reader':
          await write(author, 3);
          await succeed(author, ['sync']);
          return follower;
        case 'writer':
          await write(follower, 2);
          return follower;
        case 'attacher': {
          const film = join(folder, 'another film');
          await writeFile(film, randomBytes(1_200_000));
          await succeed(follower, ['note', 'add', 'another film', '--space', 'Inbox', '--file', film]);
          return follower;
        }
        case 'holder':
          return follower;
        case 'newcomer': {
          newcomers += 1;
          const device = `newcomer ${newcomers}`;
          await signIn(device);
          return device;
        }
      }
    },
    findings: async (device, args) => {
      const { exitCode, stdout } = await run(device, [...args, '--json']);
      const { findings } = JSON.parse(stdout) as { findings: { kind: string }[] };
      return { exitCode, kinds: findings.map(({ kind }) => kind) };
    },
    assertChunksWhole: async (device) => {
      const chunks = join(folder, device, 'chunks');
      await mkdir(chunks, { recursive: true });
      for (const [path, digest] of await digestFolder(chunks)) assert.ok(path.endsWith(digest), path);
    },
    assertSame: async (device) => {
      await succeed(author, ['sync']);
      await succeed(device, ['sync']);
      assert.deepEqual(await exported(device), await exported(author));
      const status = JSON.parse(await succeed(device, ['status', '--json'])) as { pendingOperations: number };
      assert.equal(status.pendingOperations, 0);
    },
  };
}
