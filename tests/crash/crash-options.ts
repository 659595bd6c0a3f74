import type { Chance } from '../world/chance.ts';

export interface CrashOptions {
  readonly chance: Chance;
  readonly kills: number;
  readonly onKill?: () => void;
}
