import { createReadAt } from '../../../packages/client/src/history/read-at.ts';
import type { Store } from '../../../packages/client/src/store/store.ts';
import { compareStamps, limits, type EntityId, type EntityKind } from '@dataans/core';
import type { Device } from '../world/device.ts';
import type { Drama } from '../world/drama.ts';
import { trueNowMs, type World } from '../world/world.ts';

/** Whatever the clocks were, the order of what was done is known, and what is here now was made by now. */
export function checkClocks(world: World, { devices }: Drama): void {
  for (const device of devices) {
    checkOwnClock(world, device);
    checkOrder(world, device);
    if (!device.clockWasWrong()) checkNow(world, device);
  }
}

/** A device has left the time behind that its clock was ahead. // CLK-6 */
function checkOwnClock(world: World, device: Device): void {
  const { last } = device.use().store.log.writer();
  const now = Math.max(device.nowMs(), trueNowMs(world));
  if (last.at > now + limits.clockLeftAheadMs)
    world.fail(`${device.name} goes on ${Math.round((last.at - now) / 1_000)} s ahead`);
}

/** Every operation is stamped after those that it was made on. // CLK-5 */
function checkOrder(world: World, device: Device): void {
  const { entities, past } = device.use().store;
  forEachEntity(past, (kind, id) => {
    const operationById = new Map(entities.revisions(kind, id).map((one) => [one.id, one.operation]));
    for (const operation of operationById.values())
      for (const parent of operation.parents.flatMap((one) => operationById.get(one) ?? []))
        if (compareStamps(operation, parent) <= 0)
          world.fail(`${device.name} has ${kind} ${id} stamped before what it was made on`);
  });
}

/** As it was at this moment is as it is. // HIS-2 */
function checkNow(world: World, device: Device): void {
  const { entities, past } = device.use().store;
  const readAt = createReadAt({ entities, past }, trueNowMs(world));
  forEachEntity(past, (kind, id) => {
    const [then, now] = [readAt(kind, id), entities.read(kind, id)];
    if (JSON.stringify(then?.heads) !== JSON.stringify(now?.heads))
      world.fail(`${device.name}, whose clock was always right, has ${kind} ${id} from a time to come`);
  });
}

function forEachEntity(
  past: Pick<Store['past'], 'changedAfter'>,
  look: (kind: EntityKind, id: EntityId) => void,
): void {
  for (const kind of ['space', 'note', 'file'] as const)
    for (const id of past.changedAfter(kind, -1)) look(kind, id);
}
