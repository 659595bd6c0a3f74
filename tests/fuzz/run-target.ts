import { createChance } from '../world/chance.ts';
import type { Target } from './target.ts';

/** An input that broke a reader. */
export interface Broken {
  readonly target: string;
  /** Which one of its seed it was. */
  readonly index: number;
  readonly input: Uint8Array;
  readonly error: unknown;
}

export interface Run {
  readonly target: string;
  readonly inputs: number;
  readonly broken: readonly Broken[];
}

const brokenMax = 5;

/** Gives a reader so many inputs; each is repeated by its seed and index alone. */
export async function runTarget(
  target: Target,
  seed: string,
  inputs: number,
  onInput: (index: number) => void = () => undefined,
): Promise<Run> {
  const broken: Broken[] = [];
  const chance = createChance(`${seed}/${target.name}`);
  for (let index = 0; index < inputs && broken.length < brokenMax; index += 1) {
    onInput(index);
    const input = target.make(chance.fork(String(index)));
    try {
      // Most readers are synchronous, and waiting a turn for each would take longer than they do.
      const reading = target.read(input);
      if (reading !== undefined) await reading;
    } catch (error) {
      broken.push({ target: target.name, index, input, error });
    }
  }
  return { target: target.name, inputs, broken };
}
