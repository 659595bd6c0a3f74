import { DataansError } from '@dataans/core';
import { carryError, restoreError, type CarriedError } from '../../remote/carried-error.ts';
import type { Port } from '../../remote/port.ts';
import { tabsChannel } from '../tabs/names.ts';
import { createPost } from '../tabs/post.ts';
import type { TabsMessage, Term } from '../tabs/tab-messages.ts';
import type { Clock } from '../../platform/clock.ts';
import { followTerms, type FollowDependencies } from './follow-term.ts';
import { startOwnWorker, type OwnWorker, type WorkerTarget } from './own-worker.ts';
import { showPresence, type Presence } from './presence.ts';
import type { Tab } from './tab.ts';

export interface JoinDependencies extends Omit<FollowDependencies, 'askWhoLeads'> {
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

/** How long to wait for one who leads to let go, before its turn is taken from it. */
const letGoWaitMs = 3_000;
/** How long a page waits for its own worker to let go, before it ends it. */
const ownLetGoWaitMs = 1_500;

/** Takes part among the tabs of a home: leads in turn, and is served by who leads. // BRW-2, BRW-10 */
export function joinTabs(dependencies: JoinDependencies): JoinedTab {
  const { name, version, locks, clock, randomId, openChannel, startWorker } = dependencies;
  const channel = openChannel(tabsChannel(name));
  const tabs = createPost<TabsMessage, TabsMessage>(channel);
  const askWhoLeads = (): void => {
    tabs.post({ kind: 'who-leads' });
  };
  const following = followTerms({ ...dependencies, askWhoLeads });
  let known: Term | null = null;
  let presence: Presence | null = null;
  /** Someone waits for its own worker to lead. */
  let turn: PromiseWithResolvers<void> | null = null;
  let letGo: PromiseWithResolvers<void> | null = null;
  let worker = start();

  function start(): OwnWorker {
    const id = randomId();
    const onFailed = (error: CarriedError): void => {
      if (worker.id !== id) return;
      turn?.reject(restoreError(error));
      if (known === null) following.refuse(error, 'none');
    };
    const onTurn = (): void => {
      if (worker.id === id && known === null) following.expectOwn();
    };
    return startOwnWorker({ name, version, id, start: startWorker, onTurn, onFailed });
  }

  const meet = (term: Term): void => {
    if (known?.term === term.term || presence === null) return;
    known = term;
    if (term.worker === worker.id) {
      following.useOwn(worker);
      turn?.resolve();
    } else if (term.version > version) {
      worker.terminate(); // It must not lead with an older program either. // BRW-11
      following.refuse(carryError(outdated()), 'newer');
    } else if (term.version < version) {
      following.useNobody();
      void takeTurn().catch((error: unknown) => {
        following.refuse(carryError(error), 'none');
      });
    } else {
      const sayHello = (tab: string): void => {
        tabs.post({ kind: 'hello', term: term.term, tab });
      };
      void following.useOther({ term: term.term, sayHello }, presence);
    }
  };
  const forget = (term: string): void => {
    letGo?.resolve();
    if (known?.term !== term) return;
    known = null;
    following.useNobody();
  };

  /** Asks politely first. // BRW-10 */
  const takeTurn = async (): Promise<void> => {
    if (turn !== null) return turn.promise;
    turn = Promise.withResolvers();
    const taken = turn;
    try {
      letGo = Promise.withResolvers();
      tabs.post({ kind: 'let-go', term: known?.term ?? null });
      await Promise.race([letGo.promise, clock.sleep(letGoWaitMs)]);
      worker.post({ kind: 'claim', steal: true });
      await taken.promise;
    } finally {
      turn = null;
    }
  };
  /** Another tab wants to lead; a worker that hangs doesn't hear that. */
  const endOwnWorker = async (term: string): Promise<void> => {
    await clock.sleep(ownLetGoWaitMs);
    if (known?.term !== term) return;
    worker.terminate();
    worker = start();
    worker.post({ kind: 'claim', steal: false });
    tabs.post({ kind: 'has-let-go', term });
    forget(term);
  };

  tabs.listen((message) => {
    if (message.kind === 'leading') meet(message);
    if (message.kind === 'has-let-go') forget(message.term);
    if (message.kind === 'let-go' && known?.worker === worker.id) void endOwnWorker(known.term);
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
    known = null;
    following.useNobody();
    worker.post({ kind: 'leave' });
  };
  comeBack();

  return {
    port: following.port,
    leader: following.leader,
    onLeader: following.onLeader,
    useHere: async () => {
      if (following.leader() === 'newer') throw outdated();
      if (following.leader() !== 'this') await takeTurn();
    },
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

function outdated(): DataansError {
  return new DataansError('storage-unusable', 'A newer version of Dataans is open in another tab.', {
    advice: 'Reload this page to get that version.',
  });
}
