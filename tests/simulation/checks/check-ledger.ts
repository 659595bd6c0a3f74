import type { EntityId, OperationId, Revision } from '@dataans/core';
import { listOperations } from '../world/holdings.ts';
import type { Device } from '../world/device.ts';
import type { Drama } from '../world/drama.ts';
import type { NoteRecord } from '../world/ledger.ts';
import type { World } from '../world/world.ts';

/** What people were told is safe is there, and what they wrote is where they wrote it. */
export async function checkLedger(world: World, drama: Drama, device: Device): Promise<void> {
  const { ledger, losses } = drama;
  const held = new Set(device.look(listOperations));
  for (const [operation, by] of ledger.acknowledged)
    if (!held.has(operation) && !losses.isLost(operation))
      world.fail(`${device.name} lacks an operation that ${by} acknowledged`);
  for (const [id, record] of ledger.notes) checkNote(world, drama, device, id, record);
  await checkFiles(world, drama, device, held);
}

function checkNote(world: World, { losses }: Drama, device: Device, id: EntityId, record: NoteRecord): void {
  const { entities } = device.use().store;
  const isThere = (operation: OperationId | null): operation is OperationId =>
    operation !== null && !losses.isLost(operation);
  const note = entities.read('note', id);
  const edits = [...record.edits].filter(isThere);
  if (note === null) {
    if (edits.length > 0) world.fail(`${device.name} knows nothing of note ${id}`);
    return;
  }
  const revisions = entities.revisions('note', id);
  const seenByDeletions = addAncestors(
    record.deletions.flatMap(({ seen }) => [...seen]),
    revisions,
  );
  const unseen = edits.find((edit) => !seenByDeletions.has(edit));
  if (note.deleted && unseen !== undefined)
    world.fail(`${device.name} has deleted note ${id} although nobody who did had seen an edit of it`); // MRG-6
  const deletions = record.deletions.filter(({ operation }) => isThere(operation));
  const living = revisions.filter(({ operation }) => !operation.deleted);
  const allSeen = living.every((revision) => deletions.some(({ seen }) => seen.has(revision.id)));
  // Where a revision between is lost for good, the deletion no longer shows what it was made on.
  if (!note.deleted && allSeen && !losses.any())
    world.fail(`${device.name} keeps note ${id} although it was deleted`);
  const lines = new Set(note.value.text.split('\n'));
  for (const [line, operation] of record.lines)
    if (!lines.has(line) && !record.removedLines.has(line) && isThere(operation))
      world.fail(`${device.name} has lost a line of note ${id} that nobody took away: ${line}`); // MRG-5
  for (const [member, operation] of record.members)
    if (!Object.hasOwn(note.value, member) && isThere(operation))
      world.fail(`${device.name} has lost a member of note ${id} that a newer program wrote`); // OPR-7
  for (const [file, operation] of record.files)
    if (!note.value.files.includes(file) && isThere(operation))
      world.fail(`${device.name} has lost a file of note ${id}`); // MRG-4
}

/** Where a server was put back, whoever deleted may have had an edit before them without those that it was made on. */
function addAncestors(
  seen: readonly OperationId[],
  revisions: readonly Revision<'note'>[],
): ReadonlySet<OperationId> {
  const parentsOf = new Map(revisions.map(({ id, operation }) => [id, operation.parents]));
  const all = new Set(seen);
  // What is added while it is gone through is gone through as well.
  for (const id of all) for (const parent of parentsOf.get(id) ?? []) all.add(parent);
  return all;
}

async function checkFiles(
  world: World,
  { ledger, losses }: Drama,
  device: Device,
  held: ReadonlySet<OperationId>,
) {
  const { store, files } = device.use();
  for (const [id, { content, chunks, operations }] of ledger.files) {
    if (!operations.every((operation) => held.has(operation)) || chunks.some(losses.isChunkLost)) continue;
    const file = store.entities.read('file', id);
    if (file === null) {
      world.fail(`${device.name} knows nothing of file ${id}`);
      continue;
    }
    const opened = openWhole(files.open(file.value));
    const outcome = opened.then(
      (bytes) => (bytes.equals(content) ? null : 'it is other content'),
      (error: unknown) => String(error),
    );
    await world.scheduler.runUntilSettled(outcome);
    const fault = await outcome;
    if (fault !== null) world.fail(`${device.name} cannot open file ${id}: ${fault}`);
  }
}

async function openWhole(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
