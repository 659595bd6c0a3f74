import type { Leader, Tab } from './tab.ts';

/** What a page is told of who leads. */
export interface LeaderNews extends Pick<Tab, 'leader' | 'onLeader'> {
  tell(leader: Leader): void;
}

export function createLeaderNews(): LeaderNews {
  const listeners = new Set<(leader: Leader) => void>();
  let told: Leader = 'none';
  return {
    tell: (leader) => {
      if (leader === told) return;
      told = leader;
      for (const listener of listeners) listener(leader);
    },
    leader: () => told,
    onLeader: (listener) => {
      const own = (leader: Leader): void => {
        listener(leader);
      };
      listeners.add(own);
      return () => listeners.delete(own);
    },
  };
}
