import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { addAwkwardFiles } from '../world/awkward-files.ts';
import { unpackCorpus } from '../world/corpus.ts';
import { createDevice, joinAccount, makeAccount, password } from '../world/device.ts';
import { filesBelow } from '../world/folder-digest.ts';
import { folderSecrets, idSecret, listingSecrets, textSecret } from '../world/leaks/note-secrets.ts';
import { scanFolder, type FolderLeak } from '../world/leaks/scan-folder.ts';
import { createScanner, type Secret } from '../world/leaks/scanner.ts';
import { findNote, listNotes, readStatus } from '../world/listings.ts';
import { startProxy, type Proxy } from '../world/proxy.ts';
import { startServer, type ServerProcess } from '../world/server.ts';
import { createWorld, type World } from '../world/world.ts';
import { writeBelow } from '../world/write-below.ts';

/** How many secrets may be words that a server and its clients say whatever the notes are, such as `content`. */
const ordinaryPartMax = 0.01;

test('a server neither stores nor is sent anything that can be read', async (t) => {
  const world = await createWorld(t);
  const nothing = join(world.folder, 'nothing');
  await writeBelow(nothing, '0/1.md', '2');
  const ordinary = await backUp(world, 'ordinary', nothing);
  const notes = await unpackCorpus(world);
  await addAwkwardFiles(notes);
  const seen = await backUp(world, 'seen', notes);

  const secrets = [...(await folderSecrets(notes)), ...seen.secrets];
  const ordinaryWords = await findLeaks(secrets, ordinary.folders);
  assert.ok(ordinaryWords.size < secrets.length * ordinaryPartMax, [...ordinaryWords].join(', '));
  const scanner = createScanner(secrets.filter(({ what }) => !ordinaryWords.has(what)));
  for (const folder of seen.folders) {
    const { bytes, leaks } = await scanFolder(scanner, folder);
    t.diagnostic(`${scanner.size} spellings of ${secrets.length} secrets looked for in ${bytes} bytes`);
    assert.ok(bytes > 1_000);
    assert.deepEqual(leaks, []);
  }
  assert.doesNotMatch(seen.headers, /^content-encoding:/im, 'What is compressed was not looked into.');

  // The same search finds a word in either place, however it is spelled.
  const planted = secrets.find(({ what }) => /^word \p{Script=Cyrillic}{5,12}$/u.test(what));
  assert.ok(planted !== undefined);
  for (const [number, { bytes }] of planted.spellings.entries()) {
    await send(seen.proxy, bytes);
    await writeFile(join(seen.server.dataFolder, `planted-${number}`), bytes);
  }
  for (const folder of [seen.traffic, seen.server.dataFolder]) {
    const { leaks } = await scanFolder(scanner, folder);
    // The server's refusals of what is planted are full of ordinary words.
    const found: readonly FolderLeak[] = leaks.filter(({ what }) => what === planted.what);
    assert.deepEqual(
      found.map(({ encoding }) => encoding).toSorted(),
      planted.spellings.map(({ encoding }) => encoding).toSorted(),
    );
  }
});

interface Seen {
  readonly proxy: Proxy;
  readonly server: ServerProcess;
  readonly traffic: string;
  /** The traffic, what the server stored, and what it printed. */
  readonly folders: readonly string[];
  readonly headers: string;
  /** What the devices know beside the notes. */
  readonly secrets: readonly Secret[];
}

/** Two devices that do all that talks to a server, with everything recorded that it could learn. */
async function backUp(world: World, label: string, notes: string): Promise<Seen> {
  const traffic = join(world.folder, `${label}-traffic`);
  const proxy = await startProxy(world, { recordIn: traffic });
  const server = await startServer(world, {
    name: `${label}-server`,
    env: { DATAANS_PUBLIC_URL: proxy.address, DATAANS_LOG_LEVEL: 'trace' },
  });
  proxy.relayTo(server.address);
  const first = createDevice(world, `${label}-portable-machine`);
  const second = createDevice(world, `${label}-стаціонарний`);
  const passphrase = await makeAccount(first, proxy.address);
  await first.done(['import', notes]);
  await first.done(['sync']);
  await joinAccount(second, proxy.address, passphrase);
  await second.done(['sync']);
  const space = `${label} confidential space`;
  const text = `${label}: a sentence that nobody else may read`;
  await second.done(['space', 'add', space]);
  await second.done(['note', 'add', text, '--space', space]);
  await second.done(['sync']);
  await first.done(['sync']);
  await first.done(['note', 'edit', await findNote(first, text), `${text}, edited`]);
  await first.done(['sync']);
  await second.done(['sync']);

  const printed = join(world.folder, `${label}-printed`);
  await writeBelow(printed, 'stdout and stderr', Object.values(server.program.printed()).join('\n'));
  const devices = [await readStatus(first), await readStatus(second)];
  return {
    proxy,
    server,
    traffic,
    folders: [traffic, server.dataFolder, printed],
    headers: await readHeaders(traffic),
    secrets: [
      ...listingSecrets(await listNotes(second)),
      ...devices.flatMap(({ device }) => (device === null ? [] : [idSecret(device.id)])),
      ...[first.name, second.name, space, text, password, passphrase, world.folder].map((told) =>
        textSecret(`text ${told}`, told),
      ),
    ],
  };
}

async function findLeaks(
  secrets: readonly Secret[],
  folders: readonly string[],
): Promise<ReadonlySet<string>> {
  const scanner = createScanner(secrets);
  const found = new Set<string>();
  for (const folder of folders)
    for (const { what } of (await scanFolder(scanner, folder)).leaks) found.add(what);
  return found;
}

/** What stands before the bodies, of every request and answer. */
async function readHeaders(traffic: string): Promise<string> {
  const headers: string[] = [];
  for (const path of await filesBelow(traffic)) {
    const text = await readFile(path, 'latin1');
    headers.push(...(text.match(/^[a-z-]+: [\x20-\x7e]*\r$/gim) ?? []));
  }
  assert.ok(headers.length > 0);
  return headers.join('\n');
}

/** On a connection of its own, which is a file of its own in the recorded traffic. */
async function send(proxy: Proxy, bytes: Buffer): Promise<void> {
  const sent = request(`${proxy.address}/v1/operations`, { method: 'POST', agent: false });
  sent.end(bytes);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'end');
}
