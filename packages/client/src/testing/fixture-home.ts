import { mkdirSync } from 'node:fs';
import {
  chainFrames,
  createKeyring,
  sealAccount,
  sealEnvelopes,
  startChain,
  unlockKeyring,
  utf8ToBytes,
  uuidToBytes,
  type DataKey,
  type DeviceId,
  type EntityId,
  type Frame,
  type Keyring,
  type LogId,
} from '@dataans/core';
import { sealAttachments } from '../files/seal-attachments.ts';
import { createSecret } from '../platform/secret.ts';
import type { Entity } from '../store/entities.ts';
import { openFrames } from '../sync/open-frames.ts';
import { credentialsPath, writeCredentials } from '../node/credentials.ts';
import { createKeptRecord } from '../node/kept-record.ts';
import { createNodePrimitives } from '../node/primitives.ts';
import { profilePath, writeProfile } from '../node/profile.ts';
import { change, noteValue, numberedUuid, otherDevice, startMs } from './test-store.ts';
import { openTestHome, type TestHome } from './test-home.ts';

/** What is in the fixtures, and never changes: every version has to find it. */
export const fixture = {
  server: 'https://notes.example.org',
  password: 'fixture password',
  passphrase: 'fixture passphrase',
  device: 'Laptop',
  space: 'Recipes',
  /** Changed here and on the phone at once. */
  shared: {
    name: 'shared.md',
    base: 'one\ntwo\nthree\n',
    here: 'one\nhere\nthree\n',
    there: 'one\nthere\nthree\n',
  },
  soup: { name: 'soup.md', text: 'Tomato soup', file: 'picture.png', content: utf8ToBytes('a picture') },
  removed: 'in the trash',
  waiting: ['waiting one', 'waiting two'],
  phone: {
    device: numberedUuid<DeviceId>('decade', 1),
    /** The number of its operation that never came. */
    missing: 3,
    note: { id: numberedUuid<EntityId>('decade', 2), text: 'from the phone' },
    /** Its one chunk is not here. */
    file: {
      id: numberedUuid<EntityId>('decade', 3),
      value: { name: 'song.mp3', bytes: 7, chunks: 'A'.repeat(43) },
    },
  },
  log: numberedUuid<LogId>('decade', 4),
  quarantined: [
    'not-understood',
    'malformed',
    'unknown-key',
    'unknown-version',
    'not-authentic',
    'other-bytes',
  ],
} as const;

const primitives = createNodePrimitives();
const minuteMs = 60_000;

/**
 * Makes a home as this version writes it. After a change of the schema, keep the new one beside the
 * others: `node packages/client/src/testing/fixture-home.ts packages/client/src/testing/fixtures/schema-N`.
 */
export async function makeFixtureHome(directory: string): Promise<void> {
  mkdirSync(directory, { mode: 0o700 });
  const keyring = createKeyring(primitives);
  let nowMs: number = startMs;
  const clock = { now: () => (nowMs += 1_000), sleep: () => Promise.resolve() };
  const home = openTestHome({ directory, clock });
  try {
    // A sign-in opens the store before it keeps anything.
    home.store.entities.count();
    await keepSignIn(directory, keyring);
    await recordFirst(home);
    await followLog(home, keyring);
    const notebook = await home.notebook();
    for (const text of fixture.waiting) await notebook.addNote({ space: sharedNote(home).value.space, text });
    home.store.entities.search('soup'); // Only that fills the index of words.
  } finally {
    await home.close();
  }
}

/** What a sign-in leaves, without a server. */
async function keepSignIn(directory: string, keyring: Keyring): Promise<void> {
  const { server, password, passphrase, device } = fixture;
  await createKeptRecord(directory).write(
    await sealAccount(primitives, { password, passphrase }, keyring),
    null,
  );
  await writeProfile(profilePath(directory), { server, passphrase: createSecret(passphrase), device });
  const access = { kind: 'none' } as const;
  await writeCredentials(credentialsPath(directory), { keyring, access, server, expires: null });
}

async function recordFirst(home: TestHome): Promise<void> {
  const { shared, soup } = fixture;
  const notebook = await home.notebook();
  const files = await home.files();
  await notebook.nameDevice(fixture.device);
  const space = await notebook.addSpace(fixture.space, 'recipes');
  await notebook.addNote({ space: space.id, name: shared.name, text: shared.base });
  const removed = await notebook.addNote({ space: space.id, text: fixture.removed });
  await notebook.removeNote(removed);
  const withFile = await notebook.addNote({ space: space.id, name: soup.name, text: soup.text });
  const attach = await sealAttachments({ files, primitives }, [{ name: soup.file, content: soup.content }]);
  await notebook.editNote(withFile, { attach });
}

/** What was recorded reached the server; there it met what the phone wrote, and what nobody here can use. */
async function followLog(home: TestHome, keyring: Keyring): Promise<void> {
  const { log } = home.store;
  const unlocked = await unlockKeyring(primitives, keyring);
  const rows = log.outbox({ operations: 1_000, bytes: 1_000_000 });
  const ours = rows.map(({ id, envelope }): Frame => ({ kind: 'envelope', id, body: envelope }));
  const theirs = await makeTheirs(unlocked.current, sharedNote(home), ours[0]?.id ?? new Uint8Array(16));
  const start = startChain(primitives.hash, fixture.log);
  const chains = chainFrames(primitives.hash, start, [...ours, ...theirs]);
  const cursorAt = (seq: number) => ({ log: fixture.log, seq, chain: chains[seq - 1] ?? start });
  const places = rows.map(({ place }) => place);
  log.acknowledge(places, cursorAt(ours.length));

  const notebook = await home.notebook();
  await notebook.editNote(sharedNote(home), { text: fixture.shared.here });
  const received = await openFrames(primitives, unlocked, theirs, ours.length);
  log.applyPage(received, cursorAt(ours.length + theirs.length), startMs + minuteMs);
}

/** @param taken the id of an operation that is here */
async function makeTheirs(
  key: DataKey,
  shared: Entity<'note'>,
  taken: Uint8Array,
): Promise<readonly Frame[]> {
  const { device, missing, note, file } = fixture.phone;
  const { space } = shared.value;
  const phone = otherDevice(device);
  const made = [
    change('device', numberedUuid<EntityId>('decade', 1), { name: 'Phone' }),
    change('file', file.id, file.value),
    change('note', note.id, noteValue({ space, text: 'it never came' })),
    change('note', note.id, noteValue({ space, text: note.text, files: [file.id], pinned: true })),
    change('note', shared.id, { ...shared.value, text: fixture.shared.there }, { parents: shared.heads }),
  ].map((planned) => phone.make(planned, startMs + minuteMs));
  const sent = made
    .filter(({ operation }) => operation.n !== missing)
    .map(({ id, encoded }) => seal(key, uuidToBytes(id), encoded));

  const { current: unknownKey } = await unlockKeyring(primitives, createKeyring(primitives));
  const sealText = (text: string, under = key, id = primitives.randomBytes(16)) =>
    seal(under, id, utf8ToBytes(text));
  const unusable = [
    sealText('{"v":2,"from":"a newer program"}'),
    sealText('no JSON'),
    sealText('{"v":1}', unknownKey),
    sealText('{"v":1}').then((frame) => flipBits(frame, 0, 0x03)),
    sealText('{"v":1}').then((frame) => flipBits(frame, frame.body.length - 1, 0xff)),
    sealText('{"v":1}', key, taken),
  ];
  return Promise.all([...sent, ...unusable]);
}

async function seal(key: DataKey, id: Uint8Array, encoded: Uint8Array): Promise<Frame> {
  const [body] = await sealEnvelopes(primitives, key, [{ id, encoded }]);
  if (body === undefined) throw new TypeError('Sealing gave no result.');
  return { kind: 'envelope', id, body };
}

function flipBits(frame: Frame, index: number, bits: number): Frame {
  const body = frame.body.slice();
  body[index] = (body[index] ?? 0) ^ bits;
  return { ...frame, body };
}

function sharedNote(home: TestHome): Entity<'note'> {
  const found = [...home.store.entities.notes()].find(({ value }) => value.name === fixture.shared.name);
  if (found === undefined) throw new TypeError('The shared note is not there.');
  return found;
}

if (import.meta.main) await makeFixtureHome(process.argv[2] ?? '');
