import { DatabaseSync } from 'node:sqlite';
import { extendChain } from '@dataans/core';
import { sha256 } from '@dataans/server';
import type { Chance } from '../../world/chance.ts';

interface Entry {
  readonly id: Uint8Array;
  readonly body: Uint8Array;
}

/**
 * Rewrites a log from some entry on, with a chain that fits: whoever never followed it sees nothing wrong.
 * Returns the number of the first entry that is another one now; `null` where nothing was changed.
 */
export function tamper(path: string, chance: Chance): number | null {
  const database = new DatabaseSync(path);
  try {
    const rows = database.prepare('SELECT id, body, chain FROM operations ORDER BY seq').all();
    // Blobs, as the schema says.
    const entries = rows.map((row): Entry => ({
      id: row['id'] as Uint8Array,
      body: row['body'] as Uint8Array,
    }));
    if (entries.length < 2) return null;
    const place = chance.below(entries.length - 1);
    const rewritten = rewrite(entries, place, chance);
    const origin = database.prepare('SELECT start FROM log').get()?.['start'];
    let chain = (place === 0 ? origin : rows[place - 1]?.['chain']) as Uint8Array; // Blobs, as the schema says.
    database.exec('BEGIN');
    database.prepare('DELETE FROM operations WHERE seq > ?').run(place);
    const insert = database.prepare(
      'INSERT INTO operations (seq, id, kind, body, chain) VALUES (?, ?, 0, ?, ?)',
    );
    for (const [index, { id, body }] of rewritten.slice(place).entries()) {
      chain = extendChain(sha256, chain, id, sha256(body));
      insert.run(place + index + 1, id, body, chain);
    }
    database.exec('COMMIT');
    return place + 1;
  } finally {
    database.close();
  }
}

function rewrite(entries: readonly Entry[], place: number, chance: Chance): readonly Entry[] {
  const [before, [first, second, ...after]] = [entries.slice(0, place), entries.slice(place)];
  if (first === undefined || second === undefined) return before;
  return chance.pick([
    () => [...before, second, first, ...after],
    () => [...before, second, ...after],
    () => [...before, { id: first.id, body: scramble(first.body, chance) }, second, ...after],
    () => [...before, { id: first.id, body: second.body }, second, ...after],
    () => before,
  ])();
}

/** Other bytes behind the version and the id of the data key, by which they still seem to be for these devices. */
function scramble(body: Uint8Array, chance: Chance): Uint8Array {
  const scrambled = chance.bytes(body.length);
  scrambled.set(body.subarray(0, headerBytes));
  return scrambled;
}

const headerBytes = 5;
