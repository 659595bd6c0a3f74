import type { Chance } from '../world/chance.ts';

/** One reader of what others sent. */
export interface Target {
  /** What `--only` names. */
  readonly name: string;
  /** Of all inputs: a slow reader gets fewer. Default: 1. */
  readonly share?: number;
  /** The next input: a valid one with something wrong, most of the time. */
  make(chance: Chance): Uint8Array;
  /** Throws where the reader did anything but read the input or refuse it as it says it does. */
  read(input: Uint8Array): void | Promise<void>;
}
