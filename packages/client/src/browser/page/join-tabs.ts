import type { Port } from '../../remote/port.ts';
import { leaderLock, tabsChannel } from '../tabs/names.ts';
import { createPost } from '../tabs/post.ts';
import type { TabsMessage } from '../tabs/tab-messages.ts';
import type { Clock } from '../../platform/clock.ts';
import { followTerms, type FollowDependencies } from './follow-term.ts';
import { startOwnWorker, type WorkerTarget } from './own-worker.ts';
import { isHeld } from './is-held.ts';
import { createKnownTerm } from './known-term.ts';
import { showPresence, type Presence } from './presence.ts';
import type { Tab } from './tab.ts';

export interface JoinDependencies extends Omit<FollowDependencies, 'askWhoLeads' | 'isLed'> {
  /** Of this program: grows with each that must not share a home with an earlier one. */
  readonly version: number;
  readonly locks: LockManager;
  readonly clock: Clock;
  readonly randomId: () => string;
  readonly startWorker: () => WorkerTarget;
}

export interface JoinedTab extends Tab {
  /** Of all calls of this page. */
  readonly port: Port;
  /** The page goes, and may come back. */
  leave(): void;
  comeBack(): void;
  /** For good; others lead from now on. */
  close(): Promise<void>;
}

/** How long a page waits for its own worker to let go, before it ends it. */
const ownLetGoWaitMs = 1_500;

/** Takes part among the tabs of a home: leads in turn, and is served by who leads. // BRW-2, BRW-10 */
export function joinTabs(dependencies: JoinDependencies): JoinedTab {
  const { name, version, locks, clock, randomId, openChannel } = dependencies;
  const channel = openChannel(tabsChannel(name));
  const tabs = createPost<TabsMessage, TabsMessage>(channel);
  const askWhoLeads = (): void => tabs.post({ kind: 'who-leads' });
  const isLed = (): Promise<boolean> => isHeld(locks, leaderLock(name));
  const following = followTerms({ ...dependencies, askWhoLeads, isLed });
  const worker = startOwnWorker({
    ...dependencies,
    onTurn: () => {
      known.expectOwn();
    },
    onFailed: (error) => {
      known.fail(error);
    },
  });
  const known = createKnownTerm({ version, clock, tabs, following, worker });
  let presence: Presence | null = null;

  /** Another tab wants to lead; a worker that hangs doesn't hear that. */
  const endOwnWorker = async (term: string): Promise<void> => {
    await clock.sleep(ownLetGoWaitMs);
    if (known.ownTerm() !== term) return;
    worker.restart();
    worker.post({ kind: 'claim', steal: false });
    tabs.post({ kind: 'has-let-go', term });
    known.end(term);
  };
  tabs.listen((message) => {
    if (message.kind === 'leading' && presence !== null) known.meet(message, presence);
    if (message.kind === 'has-let-go') known.end(message.term);
    const own = known.ownTerm();
    if (message.kind === 'let-go' && own !== null) void endOwnWorker(own);
  });
  const comeBack = (): void => {
    if (presence !== null) return;
    presence = showPresence(locks, name, randomId());
    askWhoLeads();
    worker.post({ kind: 'claim', steal: false });
  };
  const leave = (): void => {
    presence?.end();
    presence = null;
    known.forget();
    worker.post({ kind: 'leave' });
  };
  comeBack();

  return {
    port: following.port,
    leader: following.leader,
    onLeader: following.onLeader,
    useHere: known.takeTurn,
    leave,
    comeBack,
    close: async () => {
      const left = Promise.withResolvers<void>();
      worker.listen(({ kind }) => {
        if (kind === 'left') left.resolve();
      });
      leave();
      await Promise.race([left.promise, clock.sleep(ownLetGoWaitMs)]);
      worker.terminate();
      channel.close();
    },
  };
}
