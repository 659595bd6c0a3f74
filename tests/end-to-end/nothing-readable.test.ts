import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { addAwkwardFiles } from '../world/awkward-files.ts';
import { unpackCorpus } from '../world/corpus.ts';
import { createDevice, makeAccount } from '../world/device.ts';
import { filesBelow } from '../world/folder-digest.ts';
import {
  folderSecrets,
  idSecret,
  listingSecrets,
  secretKinds,
  textSecret,
  wordKinds,
  type NoteSecret,
  type SecretKind,
} from '../world/leaks/note-secrets.ts';
import { scanFolder } from '../world/leaks/scan-folder.ts';
import { createScanner } from '../world/leaks/scanner.ts';
import { findNote, listNotes, readStatus } from '../world/listings.ts';
import { startProxy, type Proxy } from '../world/proxy.ts';
import { startServer, type ServerProcess } from '../world/server.ts';
import { createWorld, type World } from '../world/world.ts';
import { writeBelow } from '../world/write-below.ts';

/** How many secrets may be words that a server and its clients say whatever the notes are, such as `content`. */
const ordinaryPartMax = 0.01;
/** Secrets of each kind that are planted, to see that they are found; of words, the Cyrillic ones. */
const plantedCounts: Partial<Record<SecretKind, number>> = { word: 5, 'device name': 2 };
const plantedSpellingBytesMax = 4_000;

test('a server neither stores nor is sent anything that can be read', async (t) => {
  // Nothing that the devices know is the same in both, or it would pass for what everybody says.
  const ordinaryWorld = await createWorld(t);
  const nothing = join(ordinaryWorld.folder, 'nothing');
  await writeBelow(nothing, '0/1.md', '2');
  const ordinary = await backUp(ordinaryWorld, 'ordinary', nothing);
  const world = await createWorld(t);
  const notes = await unpackCorpus(world);
  await addAwkwardFiles(notes);
  const seen = await backUp(world, 'seen', notes);

  const secrets = [...(await folderSecrets(notes)), ...seen.secrets];
  const ordinaryWords = await findLeaks(secrets, ordinary.folders);
  assert.ok(ordinaryWords.size < secrets.length * ordinaryPartMax, [...ordinaryWords].join(', '));
  const kept = secrets.filter(({ what }) => !ordinaryWords.has(what));
  const dropped = secrets.filter(({ what }) => ordinaryWords.has(what));
  assert.deepEqual(
    dropped.filter(({ kind }) => !isWordKind(kind)).map(({ what }) => what),
    [],
  );
  const scanner = createScanner(kept);
  for (const folder of seen.folders) {
    const { bytes, leaks } = await scanFolder(scanner, folder);
    t.diagnostic(`${scanner.size} spellings of ${secrets.length} secrets looked for in ${bytes} bytes`);
    assert.ok(bytes > 1_000);
    assert.deepEqual(leaks, []);
  }
  assert.doesNotMatch(seen.headers, /^content-encoding:/im, 'What is compressed was not looked into.');

  // The same search finds secrets of every kind in either place, however they are spelled.
  const planted = secretKinds.flatMap((kind) => choosePlanted(kind, kept));
  for (const [place, { spellings }] of planted.entries())
    for (const [number, { bytes }] of spellings.entries()) {
      await send(seen.proxy, bytes);
      await writeFile(join(seen.server.dataFolder, `planted-${place}-${number}`), bytes);
    }
  for (const folder of [seen.traffic, seen.server.dataFolder]) {
    // The server's refusals of what is planted are full of ordinary words.
    const { leaks } = await scanFolder(scanner, folder);
    for (const { what, spellings } of planted)
      assert.deepEqual(
        leaks.flatMap((leak) => (leak.what === what ? [leak.encoding] : [])).toSorted(),
        spellings.map(({ encoding }) => encoding).toSorted(),
        what,
      );
  }
});

function isWordKind(kind: SecretKind): boolean {
  return wordKinds.some((wordKind) => wordKind === kind);
}

function choosePlanted(kind: SecretKind, secrets: readonly NoteSecret[]): readonly NoteSecret[] {
  const count = plantedCounts[kind] ?? 1;
  const chosen = secrets
    .filter((secret) => secret.kind === kind)
    .filter(({ what }) => kind !== 'word' || /^word \p{Script=Cyrillic}{5,12}$/u.test(what))
    .filter(({ spellings }) => spellings.every(({ bytes }) => bytes.length <= plantedSpellingBytesMax))
    .slice(0, count);
  assert.equal(chosen.length, count, `There is no ${kind} to plant.`);
  return chosen;
}

interface Seen {
  readonly proxy: Proxy;
  readonly server: ServerProcess;
  readonly traffic: string;
  /** The traffic, what the server stored, and what it printed. */
  readonly folders: readonly string[];
  readonly headers: string;
  /** What the devices know beside the notes. */
  readonly secrets: readonly NoteSecret[];
}

/** Two devices that do all that talks to a server, with everything recorded that it could learn. */
async function backUp(world: World, label: string, notes: string): Promise<Seen> {
  const traffic = join(world.folder, `${label}-traffic`);
  const proxy = await startProxy(world, { recordIn: traffic });
  const server = await startServer(world, {
    name: `${label}-server`,
    env: { DATAANS_PUBLIC_URL: proxy.address, DATAANS_LOG_LEVEL: 'debug' },
  });
  proxy.relayTo(server.address);
  const first = createDevice(world, `${label}-portable-machine`);
  const second = createDevice(world, `${label}-стаціонарний`);
  const password = `${label}: correct horse battery`;
  const signIn = { DATAANS_PASSWORD: password };
  const passphrase = await makeAccount(first, proxy.address, { env: signIn });
  await first.done(['import', notes]);
  await first.done(['sync']);
  await second.done(['sign-in', proxy.address, '--device', second.name], {
    env: { ...signIn, DATAANS_PASSPHRASE: passphrase },
  });
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
  // Where it keeps its data is the operator's own, and no secret of a device.
  const said = Object.values(server.program.printed()).join('\n').replaceAll(server.dataFolder, 'data');
  await writeBelow(printed, 'stdout and stderr', said);
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
      textSecret('device name', first.name),
      textSecret('device name', second.name),
      textSecret('text', space),
      textSecret('text', text),
      textSecret('path', world.folder),
      textSecret('password', password),
      textSecret('passphrase', passphrase),
    ],
  };
}

async function findLeaks(
  secrets: readonly NoteSecret[],
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
