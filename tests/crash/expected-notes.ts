import assert from 'node:assert/strict';

/** A note as a device may show it: its version, or that there is none. */
export type NoteState = number | 'none';

/**
 * The notes that a person made, each known by a key of its own, with all the states that it may be in.
 * A command that said it was done leaves one; a command that was killed leaves the one before and its own.
 */
export interface ExpectedNotes {
  newKey(): string;
  /** Where the command does what it is for, these notes are in this state afterwards. */
  intend(keys: readonly string[], state: NoteState): Intent;
  /** A key with a version of a note that must be there, and which comes next. */
  certain(): readonly (readonly [key: string, next: number])[];
  /** Proves that what a device shows is possible, and goes on from there. */
  settle(shown: ReadonlyMap<string, number>): void;
}

export interface Intent {
  /** The command has said that it is done. */
  done(): void;
}

export function createExpectedNotes(): ExpectedNotes {
  const possible = new Map<string, Set<NoteState>>();
  const versions = new Map<string, number>();
  let keys = 0;
  return {
    newKey: () => String((keys += 1)),
    intend: (affected, state) => {
      for (const key of affected) {
        possible.set(key, (possible.get(key) ?? new Set<NoteState>(['none'])).add(state));
        if (state !== 'none') versions.set(key, state);
      }
      return {
        done: () => {
          for (const key of affected) possible.set(key, new Set([state]));
        },
      };
    },
    certain: () =>
      [...possible]
        .filter(([, states]) => states.size === 1 && !states.has('none'))
        .map(([key]) => [key, (versions.get(key) ?? 0) + 1]),
    settle: (shown) => {
      for (const [key, states] of possible) {
        const state = shown.get(key) ?? 'none';
        assert.ok(states.has(state), `note ${key} is ${state}, and can be ${[...states].join(' or ')} only`);
        possible.set(key, new Set([state]));
      }
      assert.deepEqual(
        [...shown.keys()].filter((key) => !possible.has(key)),
        [],
      );
    },
  };
}
