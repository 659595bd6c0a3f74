import {
  bytesToUuid,
  createRevisionGraph,
  mergeRevisions,
  type EntityId,
  type EntityKind,
} from '@dataans/core';
import { createKeptFindings } from '../../../packages/client/src/findings/kept-findings.ts';
import { codeByKind } from '../../../packages/client/src/store/kind-codes.ts';
import type { Store } from '../../../packages/client/src/store/store.ts';
import type { Device } from '../world/device.ts';
import type { Drama } from '../world/drama.ts';
import { listOperations } from '../world/holdings.ts';
import type { World } from '../world/world.ts';

/** All devices hold the same operations and say the same of them, and nothing waits. */
export function checkDevices(world: World, { devices, losses, liar, watchfulness }: Drama): void {
  const [first, ...others] = devices.map((device) => ({ device, ...describe(world, device) }));
  if (first === undefined) return;
  for (const other of others) {
    if (other.operations !== first.operations)
      world.fail(`${other.device.name} and ${first.device.name} hold other operations`);
    else if (other.states.join('\n') !== first.states.join('\n'))
      world.fail(
        `${other.device.name} and ${first.device.name} say other things: ${difference(other.states, first.states)}`,
      );
  }
  const writers = devices.map((device) => device.use().store.log.writer().device);
  if (new Set(writers).size < writers.length) world.fail('two devices write under one id'); // STO-7
  for (const device of devices) {
    const { log, files } = device.use().store;
    if (log.outboxCount() > 0)
      world.fail(`${log.outboxCount()} operations wait in the outbox of ${device.name}`);
    if (log.holes().length > 0 && !losses.any()) world.fail(`${device.name} misses operations in between`);
    if (log.quarantine().length > 0 && !liar.hasLied() && !watchfulness.hasTampered())
      world.fail(`${device.name} has ${log.quarantine()[0]?.reason ?? ''} in quarantine`);
    if (log.quarantineCounts().withheld !== undefined && !watchfulness.hasTampered())
      world.fail(`${device.name} still waits for what was held back`);
    if (isHonest(world) && accuses(device))
      world.fail(`${device.name} accuses a server that has shown everybody one log`);
    if (files.incomplete().length > 0 && !losses.any())
      world.fail(`${device.name} has files that are not whole`);
  }
}

/** Nobody has changed the log, but by adding to it: what devices said of it before holds for good. */
function isHonest({ plan }: World): boolean {
  return !(['restores', 'wipes', 'lies', 'strangers', 'forks'] as const).some(plan.has);
}

function accuses(device: Device): boolean {
  return createKeptFindings(device.use().store.facts).of('witness').count > 0;
}

function describe(
  world: World,
  device: Device,
): { readonly operations: string; readonly states: readonly string[] } {
  const { store } = device.use();
  const operations = device.look(listOperations).toSorted();
  const states = device
    .look((database) => database.prepare('SELECT id, kind FROM entities WHERE edited_at IS NOT NULL').all())
    // A blob and an integer, as the schema says.
    .map((row) => ({
      id: bytesToUuid<EntityId>(row['id'] as Uint8Array),
      kind: kindOf(row['kind'] as number),
    }))
    .toSorted((left, right) => (left.id < right.id ? -1 : 1))
    .map(({ id, kind }) => describeEntity(world, device.name, store, kind, id));
  return { operations: operations.join(), states };
}

/** What the store says of an entity, which must be what its revisions say together. // STO-5 */
function describeEntity(
  world: World,
  device: string,
  { entities }: Store,
  kind: EntityKind,
  id: EntityId,
): string {
  const entity = entities.read(kind, id);
  const merged = mergeRevisions(createRevisionGraph(entities.revisions(kind, id)));
  const { backedUp, ...said } = entity ?? { backedUp: true };
  if (!backedUp) world.fail(`${device} says that the server lacks something of ${kind} ${id}`);
  const ofStore = entity === null ? null : pick(entity);
  const ofRevisions =
    merged === null ? null : pick({ ...merged, heads: merged.heads.map((head) => head.id) });
  if (JSON.stringify(ofStore) !== JSON.stringify(ofRevisions))
    world.fail(`${device} says of ${kind} ${id} what its revisions do not`);
  return JSON.stringify({
    said,
    revisions: entities.revisions(kind, id).map((revision) => revision.id),
  });
}

function pick({
  heads,
  value,
  deleted,
  conflict,
}: {
  heads: unknown;
  value: object;
  deleted: boolean;
  conflict: boolean;
}) {
  return { heads, value: sortMembers(value), deleted, conflict };
}

function kindOf(code: number): EntityKind {
  for (const [kind, known] of Object.entries(codeByKind)) if (known === code) return kind as EntityKind; // A key of it.
  throw new RangeError(`No kind has the code ${code}.`);
}

function difference(ones: readonly string[], others: readonly string[]): string {
  const place = ones.findIndex((one, index) => one !== others[index]);
  return `${ones[place]} or ${others[place]}`;
}

function sortMembers(value: object): unknown {
  return Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
}
