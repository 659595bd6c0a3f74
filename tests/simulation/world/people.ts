import type { Entity } from '../../../packages/client/src/store/entities.ts';
import { randomBytesToUuid, unpackChunkNames, type EntityId, type OperationId } from '@dataans/core';
import { sealAttachments } from '../../../packages/client/src/files/seal-attachments.ts';
import type { Chance } from '../../world/chance.ts';
import type { Process } from './device.ts';
import type { Ledger } from './ledger.ts';
import { canary } from './wire.ts';
import type { World } from './world.ts';

/** Somebody at a device. */
interface Person {
  readonly world: World;
  readonly ledger: Ledger;
  readonly chance: Chance;
  readonly device: string;
  readonly process: Process;
}

type Note = Entity<'note'>;

/** Does one thing, whatever it is, and writes into the ledger what they were told of it. */
export async function actSomehow(person: Person): Promise<void> {
  const { world, chance } = person;
  const deeds: [weight: number, deed: (person: Person) => Promise<void>][] = [
    [6, addNote],
    [10, editText],
    [3, changeFields],
    [3, removeNote],
    [3, restoreNote],
    [1, addSpace],
    [1, renameSpace],
    [1, removeSpace],
    [world.plan.has('bulk') ? 3 : 0, addMany],
    [world.plan.has('files') ? 4 : 0, attachFile],
    [world.plan.has('files') ? 2 : 0, openFile],
    [world.plan.has('newer-programs') ? 4 : 0, writeNewer],
  ];
  let draw = chance.next() * deeds.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, deed] of deeds) {
    draw -= weight;
    if (draw < 0) return deed(person);
  }
  return undefined;
}

async function addSpace({ process, ledger, device, chance, world }: Person): Promise<void> {
  const space = await process.notebook.addSpace(newText(world, chance));
  ledger.acknowledge(device, space.heads);
}

async function renameSpace(person: Person): Promise<void> {
  const { process, ledger, device, chance, world } = person;
  const { id } = await someSpace(person);
  const recorded = await process.notebook.renameSpace(id, newText(world, chance));
  ledger.acknowledge(device, recorded.operations);
}

async function removeSpace(person: Person): Promise<void> {
  const { process, ledger, device } = person;
  const { id } = await someSpace(person);
  const removed = [...process.store.entities.notes({ space: id })].map((note) => ({
    note,
    deletion: beginDeletion(person, note.id),
  }));
  const { operations } = await process.notebook.removeSpace(id);
  ledger.acknowledge(device, operations);
  const mine = new Set(operations);
  for (const { note, deletion } of removed) {
    const revisions = process.store.entities.revisions('note', note.id);
    deletion.operation = revisions.find((revision) => mine.has(revision.id))?.id ?? null;
  }
}

export async function addNote(person: Person): Promise<void> {
  const { process, ledger, device, chance, world } = person;
  const { id } = await someSpace(person);
  const lines = Array.from({ length: chance.between(0, 5) }, () => newText(world, chance));
  const name = chance.happens(0.3) ? `${newText(world, chance)}.md` : '';
  const note = await process.notebook.addNote({ space: id, name, text: lines.join('\n') });
  ledger.acknowledge(device, note.heads);
  const [operation] = note.heads;
  if (operation !== undefined) keepLines(ledger, note.id, lines, operation);
}

/** As many as fill batches, or one more or less; or few that are as large as can be. */
async function addMany(person: Person): Promise<void> {
  const { process, ledger, device, chance, world } = person;
  const { id: space } = await someSpace(person);
  const isLarge = chance.happens(0.2);
  const count = isLarge ? chance.between(1, 4) : 5 * chance.between(1, 4) + chance.pick([-1, 0, 0, 1]);
  const notes = Array.from({ length: count }, () => {
    const line = newText(world, chance);
    return {
      id: randomBytesToUuid<EntityId>(world.primitives.randomBytes(16)),
      lines: [isLarge ? line.padEnd(chance.between(1_500, 2_900), '.') : line],
    };
  });
  const { operations } = await process.notebook.record(() =>
    notes.map(({ id, lines }) => ({
      entity: 'note',
      id,
      parents: [],
      deleted: false,
      value: { space, name: '', text: lines.join('\n'), files: [], pinned: false },
    })),
  );
  ledger.acknowledge(device, operations);
  for (const { id, lines } of notes) {
    const [operation] = ofNote(process, id, operations);
    if (operation !== undefined) keepLines(ledger, id, lines, operation);
  }
}

/** Reads, perhaps thinks for a while, and saves on top of what was read: what came meanwhile stays. */
async function editText(person: Person): Promise<void> {
  const { process, ledger, device, chance, world } = person;
  const note = someNote(person);
  if (note === null) return addNote(person);
  const { lines, added, removed } = editLines(note.value.text, world, chance);
  if (world.plan.has('thinking') && chance.happens(0.5))
    await world.scheduler.pause(chance.between(1, 30_000), process.life);
  const record = ledger.noteOf(note.id);
  for (const line of removed) record.removedLines.add(line);
  const { operations } = await process.notebook.editNote(note, { text: lines.join('\n') });
  ledger.acknowledge(device, operations);
  const operation = ofNote(process, note.id, operations).at(-1);
  if (operation !== undefined) keepLines(ledger, note.id, added, operation);
}

/** Those that are of this note: a device that goes on as a new one has said its name before. */
function ofNote(
  { store }: Process,
  note: EntityId,
  operations: readonly OperationId[],
): readonly OperationId[] {
  const own = new Set(store.entities.revisions('note', note).map(({ id }) => id));
  return operations.filter((operation) => own.has(operation));
}

function editLines(text: string, world: World, chance: Chance) {
  const lines = text === '' ? [] : text.split('\n');
  const added: string[] = [];
  const removed: string[] = [];
  for (let edits = chance.between(1, 3); edits > 0; edits -= 1) {
    const place = chance.below(lines.length + 1);
    const takes = chance.happens(0.4) ? chance.between(1, 2) : 0;
    const puts = takes === 0 || chance.happens(0.5) ? [newText(world, chance)] : [];
    removed.push(...lines.splice(place, takes, ...puts));
    added.push(...puts);
  }
  return { lines, added: added.filter((line) => !removed.includes(line)), removed };
}

async function changeFields(person: Person): Promise<void> {
  const { process, ledger, device, chance } = person;
  const note = someNote(person);
  if (note === null) return addNote(person);
  const change = chance.happens(0.5)
    ? { pinned: !note.value.pinned }
    : { space: (await someSpace(person)).id };
  const { operations } = await process.notebook.editNote(note, change);
  ledger.acknowledge(device, operations);
  for (const operation of ofNote(process, note.id, operations)) ledger.noteOf(note.id).edits.add(operation);
}

/** As a newer program does: a member that nobody knows here, and one that several may write. */
async function writeNewer(person: Person): Promise<void> {
  const { process, ledger, device, chance, world } = person;
  const note = someNote(person);
  if (note === null) return addNote(person);
  const member = newText(world, chance);
  const newer: object = { [member]: { of: [device] }, tags: [chance.pick(['bread', 'milk', '🙂'])] };
  const { operations } = await process.notebook.editNote(note, newer);
  ledger.acknowledge(device, operations);
  for (const operation of ofNote(process, note.id, operations)) {
    ledger.noteOf(note.id).edits.add(operation);
    ledger.noteOf(note.id).members.set(member, operation);
  }
}

async function removeNote(person: Person): Promise<void> {
  const note = someNote(person);
  if (note === null) return addNote(person);
  const deletion = beginDeletion(person, note.id);
  const { operations } = await person.process.notebook.removeNote(note);
  person.ledger.acknowledge(person.device, operations);
  deletion.operation = ofNote(person.process, note.id, operations)[0] ?? null;
}

function beginDeletion({ process, ledger }: Person, note: EntityId) {
  const seen = new Set(process.store.entities.revisions('note', note).map(({ id }) => id));
  const deletion = { seen, operation: null as OperationId | null };
  ledger.noteOf(note).deletions.push(deletion);
  return deletion;
}

/** Brings back what some revision said, also of a note that is deleted. */
async function restoreNote({ process, ledger, device, chance }: Person): Promise<void> {
  const ids = [...ledger.notes.keys()];
  if (ids.length === 0) return;
  const id = chance.pick(ids);
  const note = process.store.entities.read('note', id);
  const revisions = process.store.entities.revisions('note', id);
  if (note === null || revisions.length === 0) return;
  const { value: restored } = chance.pick(revisions).operation;
  const record = ledger.noteOf(id);
  const kept = new Set(restored.text.split('\n'));
  for (const line of note.value.text.split('\n')) if (!kept.has(line)) record.removedLines.add(line);
  const files = [...new Set([...note.value.files, ...restored.files])];
  const value = { ...note.value, text: restored.text, files };
  const { operations } = await process.notebook.record(() => [
    { entity: 'note', id, parents: note.heads, deleted: false, value },
  ]);
  ledger.acknowledge(device, operations);
  for (const operation of ofNote(process, id, operations)) record.edits.add(operation);
}

async function attachFile(person: Person): Promise<void> {
  const { process, ledger, device, chance, world } = person;
  const note = someNote(person);
  if (note === null) return addNote(person);
  const start = Buffer.from(`${canary} ${Buffer.from(world.primitives.randomBytes(6)).toString('hex')} `);
  const content = Buffer.concat([
    start,
    chance.bytes(chance.pick([0, 10, 192 - start.length, 192, 500, 900])),
  ]);
  const { entities } = process.store;
  const [sealed] = await sealAttachments({ files: process.files, primitives: world.primitives }, [
    { name: newText(world, chance), content },
  ]);
  if (sealed === undefined) return world.fail('sealing a file gave none');
  const file = sealed.id;
  await process.notebook.editNote(note, { attach: [sealed] });
  const made = entities.revisions('file', file).map(({ id }) => id);
  const holder = entities
    .revisions('note', note.id)
    .find(({ operation }) => operation.value.files.includes(file));
  if (holder === undefined) return world.fail(`the file that was attached to ${note.id} is not there`);
  ledger.acknowledge(device, [...made, holder.id]);
  const chunks = unpackChunkNames(sealed.value.chunks) ?? [];
  ledger.attach(file, { note: note.id, device, content, chunks, operations: made });
  ledger.noteOf(note.id).files.set(file, holder.id);
  ledger.noteOf(note.id).edits.add(holder.id);
}

/** What opens is what was attached; where it is not here it is fetched. */
async function openFile({ process, ledger, chance, world, device }: Person): Promise<void> {
  const ids = [...ledger.files.keys()];
  if (ids.length === 0) return;
  const id = chance.pick(ids);
  const file = process.store.entities.read('file', id);
  const attached = ledger.files.get(id);
  if (file === null || attached === undefined) return;
  const pieces: Uint8Array[] = [];
  const fetchChunk = chance.happens(0.5) ? process.fetchChunk : () => Promise.resolve(null);
  for await (const piece of process.files.open(file.value, { fetchChunk })) pieces.push(piece);
  if (!Buffer.concat(pieces).equals(attached.content))
    world.fail(`${device} opens other content than was attached`);
}

function keepLines(ledger: Ledger, note: EntityId, lines: readonly string[], operation: OperationId): void {
  const record = ledger.noteOf(note);
  record.edits.add(operation);
  for (const line of lines) record.lines.set(line, operation);
}

/** A text that nobody wrote before. */
function newText({ primitives }: World, chance: Chance): string {
  const words = ['bread', 'тісто', 'línea', '漢字', 'milk', '🙂'];
  return `${canary} ${Buffer.from(primitives.randomBytes(5)).toString('hex')} ${chance.pick(words)}`;
}

async function someSpace(person: Person): Promise<{ readonly id: EntityId }> {
  const spaces = person.process.store.entities.spaces();
  if (spaces.length > 0) return person.chance.pick(spaces).space;
  await addSpace(person);
  const [made] = person.process.store.entities.spaces();
  if (made === undefined) throw new TypeError('The space that was just made is not there.');
  return made.space;
}

function someNote({ process, chance }: Person): Note | null {
  const notes = [...process.store.entities.notes({ limit: 8 })];
  return notes.length === 0 ? null : chance.pick(notes);
}
