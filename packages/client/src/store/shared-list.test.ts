import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { EntityId } from '@dataans/core';
import fc from 'fast-check';
import { openMemorySqlite } from '../node/sqlite.ts';
import {
  append,
  change,
  noteValue,
  numberedUuid,
  readNote,
  receive,
  startMs,
} from '../testing/test-store.ts';
import { createStore } from './create-store.ts';
import type { LocalRevision } from './local-log.ts';

const list = numberedUuid<EntityId>('0e7e', 1);

/** What a device does to one item, and how far its clock is off. */
const act = fc.record({
  item: fc.nat(),
  what: fc.constantFrom('tick', 'remove', 'add'),
  clockMs: fc.nat(20),
});
const rounds = fc.array(fc.tuple(act, act, act), { minLength: 1, maxLength: 4 });

test('[MRG-2] three devices that tick, add and remove items of one list apart agree, round after round, on all of it', () => {
  fc.assert(
    fc.property(rounds, (all) => {
      const stores = [0, 1, 2].map(() => createStore({ database: openMemorySqlite(), randomBytes }));
      const [first] = stores;
      assert.ok(first !== undefined);
      let items = Array.from({ length: 9 }, (_, item) => `- [ ] ${item}`);
      let made: readonly LocalRevision[] = append(
        first,
        [change('note', list, noteValue({ text: items.join('\n') }))],
        startMs,
      );
      for (const store of stores.slice(1)) receive(store, made);
      for (const [round, acts] of all.entries()) {
        // Each takes an item of its own: which one of every third.
        const edits = acts.map(({ item, ...rest }, device) => ({
          ...rest,
          line: 3 * (item % Math.max(1, Math.floor(items.length / 3))) + device,
        }));
        const after = (device: number | null): string[] =>
          items.flatMap((line, index) => {
            const edit = edits.findIndex((each) => each.line === index);
            if (edit < 0 || (device !== null && edit !== device)) return [line];
            const { what } = edits[edit] ?? { what: 'keep' };
            if (what === 'remove') return [];
            return what === 'tick'
              ? [`${line.replace('[ ]', '[x]')} ${round}`]
              : [`- [ ] new ${round}.${edit}`, line];
          });
        const parents = readNote(first, list).heads;
        made = stores.flatMap((store, device) =>
          append(
            store,
            [change('note', list, noteValue({ text: after(device).join('\n') }), { parents })],
            startMs + 1_000 * (round + 1) + (acts[device]?.clockMs ?? 0),
          ),
        );
        for (const [device, store] of stores.entries()) receive(store, made.toSpliced(device, 1));
        items = after(null);
        for (const store of stores) {
          const { value, conflict } = readNote(store, list);
          assert.deepEqual([value.text, conflict], [items.join('\n'), false]);
        }
        if (items.length < 3) break;
        // One of them settles it by an edit on all heads, as the next save does.
        const settled = append(
          first,
          [
            change('note', list, noteValue({ text: items.join('\n') }), {
              parents: readNote(first, list).heads,
            }),
          ],
          startMs + 1_000 * (round + 1) + 500,
        );
        for (const store of stores.slice(1)) receive(store, settled);
      }
      for (const store of stores) store.close();
    }),
    { numRuns: 40 },
  );
});
