import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HistoryEntry } from '@dataans/client';
import { readHistory } from '../../packages/client/src/history/read-history.ts';
import type { Entities } from '../../packages/client/src/store/entities.ts';
import { createRevisionGraph, sortCausally, type EntityId } from '@dataans/core';
import fc from 'fast-check';
import { noteHistory, numberedId } from '../../packages/core/src/merge/histories.arbitrary.ts';

type Revisions = Parameters<Parameters<typeof noteHistory.map>[0]>[0];

function historyOf(revisions: Revisions): readonly HistoryEntry[] {
  const entities = {
    // They are revisions of notes, and nothing else is asked for.
    revisions: (() => sortCausally(createRevisionGraph(revisions))) as unknown as Entities['revisions'],
    devices: () => [],
  };
  return readHistory(
    { entities, past: { heldBy: () => new Map() } },
    'note',
    numberedId<EntityId>('0e7e0000', 0),
  );
}

/** Numbers of the revisions that one rests on, itself among them. */
function restsOn(history: readonly HistoryEntry[], numbers: readonly number[]): ReadonlySet<number> {
  const found = new Set<number>();
  const waiting = [...numbers];
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if (found.has(number)) continue;
    found.add(number);
    waiting.push(...(history[number - 1]?.madeOn ?? []));
  }
  return found;
}

test('[HIS-3] every earlier revision is one that a revision rests on, or that what it is apart from rests on', () => {
  fc.assert(
    fc.property(noteHistory, (revisions) => {
      const history = historyOf(revisions);
      for (const { number, apartFrom } of history) {
        const seen = restsOn(history, [number]);
        const unseen = restsOn(history, apartFrom);
        assert.ok(apartFrom.every((one) => one < number && !seen.has(one)));
        for (let earlier = 1; earlier < number; earlier += 1)
          assert.ok(seen.has(earlier) || unseen.has(earlier), `${earlier} before ${number}`);
      }
    }),
  );
});

test('[HIS-1] the newest of each line of revisions are current, and every revision is told once', () => {
  fc.assert(
    fc.property(noteHistory, (revisions) => {
      const history = historyOf(revisions);
      const named = new Set(history.flatMap(({ madeOn }) => madeOn));
      assert.deepEqual(
        history.map(({ number }) => number),
        revisions.map((_, index) => index + 1),
      );
      for (const { number, isCurrent } of history) assert.equal(isCurrent, !named.has(number));
    }),
  );
});
