import { quarantineReasons, type DeviceHole, type NumberRun } from '../store/local-log.ts';
import type { Store } from '../store/store.ts';
import type { Finding } from './finding.ts';

const runsToldMax = 5;
const remedy =
  'Sync that device and then this one; what stays missing the server holds back. If that device is gone for good, `dataans status --acknowledge` says so no more.';

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
  const who =
    deviceName === null ? `a device without a name (${device.slice(0, 8)})` : `the device “${deviceName}”`;
  const what = missing === 1 ? 'Change' : 'Changes';
  const verb = missing === 1 ? 'is' : 'are';
  return {
    kind: 'operations-missing',
    concerns: {
      device,
      ...(deviceName === null ? {} : { deviceName }),
      missing: runs.map(({ first, last }) => [first, last]),
    },
    message: `${what} ${describeRuns(runs)} of ${who} ${verb} missing here, although later ones came.`,
    advice: mayBeKeptAside ? `They may be among the changes in quarantine. ${remedy}` : remedy,
  };
}

/** `57`, `3 to 5 and 9` */
function describeRuns(runs: readonly NumberRun[]): string {
  const told = runs
    .slice(0, runsToldMax)
    .map(({ first, last }) => (first === last ? `${first}` : `${first} to ${last}`));
  const rest = runs.length - told.length;
  if (rest > 0) return `${told.join(', ')} and more`;
  return told.length < 2 ? told.join('') : `${told.slice(0, -1).join(', ')} and ${told.at(-1)}`;
}
