import type { Trouble } from './world/plan.ts';

/** A world that once showed a bug. */
export interface Example {
  readonly seed: number;
  readonly stepsMax: number;
  readonly without: readonly Trouble[];
  /** What was wrong. */
  readonly found: string;
}

export const examples: readonly Example[] = [
  {
    seed: 82,
    stepsMax: Infinity,
    without: [],
    found:
      'the first chunk of a home was lost with the power: nobody had synced the folder that names the chunks',
  },
  {
    seed: 44,
    stepsMax: Infinity,
    without: [],
    found: 'chunks were given to the server of somebody else, before it was found out',
  },
  {
    seed: 14,
    stepsMax: Infinity,
    without: [],
    found: 'pages came from the server of somebody else, where the address led there in the middle of a pull',
  },
  {
    seed: 2388,
    stepsMax: 32,
    without: ['bulk'],
    found: 'one server proved to be ours, and another one was given the operations',
  },
  {
    seed: 87,
    stepsMax: Infinity,
    without: [],
    found: 'revisions of one moment came in another order on each device',
  },
  {
    seed: 13630,
    stepsMax: 45,
    without: ['thinking'],
    found:
      'a chunk that the server had lost never came back: another device had made its log whole without it',
  },
  {
    seed: 102565,
    stepsMax: 35,
    without: [],
    found:
      'a pull asked without an end where the server was put back amid it, and what it repeated stayed aside for good',
  },
  {
    seed: 1210,
    stepsMax: 38,
    without: ['weather', 'files', 'bulk'],
    found:
      'a server said that it took a change as new that a copy of the device had sent, and once it told the truth the device could sync no more',
  },
];
