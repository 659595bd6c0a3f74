import { quarantineReasons, type DeviceHole, type NumberRun } from '../store/local-log.ts';
import type { Store } from '../store/store.ts';
import type { Finding } from './finding.ts';

const runsToldMax = 5;
const remedy =
  'Sync that device, then this one. If it is still missing after that, the server is holding it back.';

/**
 * Operations that devices have made and that are not here. // VFY-4
 *
 * @param isNew not of those that somebody has acknowledged
 */
export function findHoles(
  store: Store,
  isNew: (hole: DeviceHole) => boolean = () => true,
): readonly Finding[] {
  const holes = store.log.holes().filter(isNew);
  if (holes.length === 0) return [];
  const nameById = new Map<string, string>(store.entities.devices().map(({ id, value }) => [id, value.name]));
  const mayBeKeptAside = store.log.countAsideEntries(quarantineReasons, 0) > 0;
  return holes.map((hole) => describeHole(hole, nameById.get(hole.device) ?? null, mayBeKeptAside));
}

function describeHole(
  { device, missing, runs }: DeviceHole,
  deviceName: string | null,
  mayBeKeptAside: boolean,
): Finding {
  const who = deviceName === null ? `a device without a name (${device.slice(0, 8)})` : `“${deviceName}”`;
  return {
    kind: 'operations-missing',
    concerns: {
      device,
      ...(deviceName === null ? {} : { deviceName }),
      missing: runs.map(({ first, last }) => [first, last]),
    },
    message:
      missing === 1
        ? `Change ${describeRuns(runs)} from ${who} hasn't arrived, although later ones have.`
        : `Changes ${describeRuns(runs)} from ${who} haven't arrived, although later ones have.`,
    advice: mayBeKeptAside ? `It may be among the changes that were set aside. ${remedy}` : remedy,
  };
}

/** `57`, `3–5 and 9` */
function describeRuns(runs: readonly NumberRun[]): string {
  const told = runs
    .slice(0, runsToldMax)
    .map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`));
  const rest = runs.length - told.length;
  if (rest > 0) return `${told.join(', ')} and more`;
  return told.length < 2 ? told.join('') : `${told.slice(0, -1).join(', ')} and ${told.at(-1)}`;
}
