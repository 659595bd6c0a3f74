import type { Chance } from '../simulation/engine/chance.ts';

export interface CrashOptions {
  readonly chance: Chance;
  readonly kills: number;
  readonly onKill?: () => void;
}
