import { readLastHealing } from './last-healing.ts';
import type { Store } from '../store/store.ts';
import { acknowledgedEntry, acknowledgedNumbers } from './acknowledged.ts';
import { findEntries } from '../findings/entry-findings.ts';
import type { Finding } from '../findings/finding.ts';
import { extendList, joinLists, noFindings, type FindingList } from '../findings/finding-list.ts';
import { findHoles } from '../findings/hole-findings.ts';
import { createKeptFindings } from '../findings/kept-findings.ts';

/** All that is known here against the server, and neither settled nor acknowledged. Asks nobody. // VFY-2 */
export function listFindings(store: Store): FindingList {
  const acknowledged = acknowledgedNumbers(store);
  return joinAll(
    store,
    findEntries(store, acknowledgedEntry(store)),
    findHoles(store, ({ device, runs }) => (runs.at(-1)?.last ?? 0) > acknowledged(device)),
  );
}

/** The same with what was acknowledged. // VFY-13 */
export function listAllFindings(store: Store): FindingList {
  return joinAll(store, findEntries(store, 0), findHoles(store));
}

function joinAll(store: Store, entries: FindingList, holes: readonly Finding[]): FindingList {
  return joinLists([
    extendList(noFindings, findUnhealed(store)),
    createKeptFindings(store.facts).list(),
    entries,
    extendList(noFindings, holes),
  ]);
}

/** The server was found without entries that it had, and has not got all of them again. // VFY-5 */
function findUnhealed(store: Store): readonly Finding[] {
  const last = readLastHealing(store.facts);
  if (last === null || last.done) return [];
  return [
    {
      kind: 'log-rolled-back',
      concerns: {},
      message: `The server went back to an older state and is still missing changes it once had (${last.lost}).`,
      advice: 'Nothing on this device was lost. Sync again to send them.',
    },
  ];
}
