import type { Chance } from '../../world/chance.ts';

/** How often something befalls a request, from 0 to 1. */
export interface Weather {
  /** It never arrives. */
  readonly lost: number;
  /** It takes effect, and no answer comes. */
  readonly answerLost: number;
  /** Its body, or that of the answer, ends in the middle. */
  readonly cut: number;
  /** It arrives a second time, perhaps much later. */
  readonly twice: number;
  /** It takes seconds. */
  readonly slow: number;
  /** Something before the server answers in its place. */
  readonly stranger: number;
  /** The server answers with 500, before or after it did as it was asked. */
  readonly serverFault: number;
}

export const calm: Weather = {
  lost: 0,
  answerLost: 0,
  cut: 0,
  twice: 0,
  slow: 0,
  stranger: 0,
  serverFault: 0,
};

/** Kinds of trouble that a run may have; a run without one shows whether that one is needed for a failure. */
export const troubles = [
  'weather',
  'kills',
  'clocks',
  'outages',
  'restores',
  'wipes',
  'clones',
  'rollbacks',
  'files',
  'watching',
  'bulk',
  'full-disks',
  'lies',
  'strangers',
  'thinking',
  'newer-programs',
  'forks',
  'passwords',
] as const;
export type Trouble = (typeof troubles)[number];

/** What one run will be like, drawn from its seed. */
export interface Plan {
  readonly devices: number;
  readonly steps: number;
  /** Changes in the course of a run, and ends calm. */
  weather: Weather;
  readonly troubles: readonly Trouble[];
  readonly has: (trouble: Trouble) => boolean;
}

export interface PlanBounds {
  /** No more steps than this, whatever the seed says. */
  readonly stepsMax: number;
  readonly without: readonly Trouble[];
  /** Present, whatever the seed says. */
  readonly present: readonly Trouble[];
}

export const unbounded: PlanBounds = { stepsMax: Infinity, without: [], present: [] };

export function drawPlan(chance: Chance, bounds: PlanBounds): Plan {
  const intensity = chance.pick([0.01, 0.03, 0.08, 0.25]);
  const rarer = { 'newer-programs': 0.3, forks: 0.1 } as const;
  const drawn = troubles.filter((trouble) => !(trouble in rarer));
  const present = new Set<Trouble>(drawn.filter(() => chance.happens(0.45)));
  // From chance of its own: the worlds of before are what they were.
  for (const trouble of ['newer-programs', 'forks'] as const)
    if (chance.fork(trouble).happens(rarer[trouble])) present.add(trouble);
  // A server that lies is one world in eight.
  if (!chance.happens(0.28)) present.delete('lies');
  for (const trouble of bounds.present) present.add(trouble);
  // Where nobody lies a log changes only as honest servers' do, and where somebody does, only by lies.
  if (present.has('lies')) for (const trouble of ['restores', 'wipes'] as const) present.delete(trouble);
  // A log that is another one for some is healed for all in the end: nothing else changes it meanwhile.
  if (present.has('forks'))
    for (const trouble of ['restores', 'wipes', 'lies', 'strangers'] as const) present.delete(trouble);
  for (const trouble of bounds.without) present.delete(trouble);
  const often = (): number => (present.has('weather') ? intensity * chance.next() : 0);
  return {
    devices: chance.between(2, chance.pick([2, 3, 6])),
    steps: Math.min(bounds.stepsMax, chance.between(10, chance.pick([20, 50, 90]))),
    weather: {
      lost: often(),
      answerLost: often(),
      cut: often(),
      twice: often(),
      slow: often(),
      stranger: often() / 2,
      serverFault: often() / 2,
    },
    troubles: [...present],
    has: (trouble) => present.has(trouble),
  };
}
