import { parseArgs } from 'node:util';
import { findBug } from '../product/plant-bug.ts';
import type { PlantedBug } from '../product/planted-bugs.ts';
import { troubles, unbounded, type PlanBounds, type Trouble } from '../world/plan.ts';

export interface RunOptions {
  readonly help: boolean;
  readonly from: number;
  readonly seeds: number;
  /** Every so many seeds from the first on. */
  readonly stride: number;
  readonly lastMs: number;
  readonly workers: number;
  readonly trace: boolean;
  /** Ends with the first seed that fails, as it is. */
  readonly untilFailure: boolean;
  readonly bounds: PlanBounds;
  readonly bug: PlantedBug | null;
}

export const help = `npm run simulate -- [options]

  --seeds N       so many seeds (100)
  --from N        from this one on (1)
  --seed N        this one only
  --minutes M     until so much time has passed, however many seeds that are
  --workers W     in so many processes (1)
  --trace         prints what happens
  --steps K       no more than so many steps of each world
  --without A,B   worlds without these troubles: ${troubles.join(', ')}
  --with A,B      worlds with these troubles
  --until-failure ends with the first seed that fails
  --bug NAME      with a planted bug, to see that it is found
`;

const minuteMs = 60_000;

export function readOptions(args: readonly string[]): RunOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      seed: { type: 'string' },
      seeds: { type: 'string' },
      from: { type: 'string', default: '1' },
      stride: { type: 'string', default: '1' },
      minutes: { type: 'string' },
      workers: { type: 'string', default: '1' },
      trace: { type: 'boolean', default: false },
      steps: { type: 'string' },
      without: { type: 'string', default: '' },
      with: { type: 'string', default: '' },
      'until-failure': { type: 'boolean', default: false },
      bug: { type: 'string' },
    },
  });
  const { seed, minutes, steps, bug } = values;
  const seeds = values.seeds ?? (minutes === undefined ? '100' : 'Infinity');
  return {
    help: values.help,
    from: Number(seed ?? values.from),
    seeds: seed === undefined ? Number(seeds) : 1,
    stride: Number(values.stride),
    lastMs: minutes === undefined ? Infinity : Number(minutes) * minuteMs,
    workers: Number(values.workers),
    trace: values.trace,
    untilFailure: values['until-failure'],
    bounds: {
      stepsMax: steps === undefined ? unbounded.stepsMax : Number(steps),
      without: readTroubles(values.without),
      present: readTroubles(values.with),
    },
    bug: bug === undefined ? null : findBug(bug),
  };
}

function readTroubles(text: string): readonly Trouble[] {
  return text
    .split(',')
    .filter((name) => name !== '')
    .map((name) => {
      const trouble = troubles.find((known) => known === name);
      if (trouble === undefined) throw new Error(`There is no trouble ${name}: ${troubles.join(', ')}.`);
      return trouble;
    });
}
