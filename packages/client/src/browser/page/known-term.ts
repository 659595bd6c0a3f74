import { DataansError } from '@dataans/core';
import type { Clock } from '../../platform/clock.ts';
import { carryError, restoreError, type CarriedError } from '../../remote/carried-error.ts';
import type { Post } from '../tabs/post.ts';
import type { TabsMessage, Term } from '../tabs/tab-messages.ts';
import type { Following } from './follow-term.ts';
import type { OwnWorker } from './own-worker.ts';
import type { Presence } from './presence.ts';
import { createTurn } from './turn.ts';

/** The term that a page knows of, and what it does about it. */
export interface KnownTerm {
  /** A worker leads, it says. */
  meet(term: Term, presence: Presence): void;
  /** A term has ended. */
  end(term: string): void;
  /** The page goes. */
  forget(): void;
  /** If the worker of this page leads. */
  ownTerm(): string | null;
  /** The worker of this page is about to lead. */
  expectOwn(): void;
  /** The worker of this page cannot lead. */
  fail(error: CarriedError): void;
  /**
   * Makes the worker of this page lead, unless it does.
   *
   * @throws DataansError
   */
  takeTurn(): Promise<void>;
}

export interface KnownTermDependencies {
  /** Of this program. */
  readonly version: number;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly tabs: Post<TabsMessage, TabsMessage>;
  readonly following: Following;
  readonly worker: OwnWorker;
}

export function createKnownTerm({
  version,
  clock,
  tabs,
  following,
  worker,
}: KnownTermDependencies): KnownTerm {
  let known: Term | null = null;
  const turn = createTurn({
    clock,
    ask: () => {
      tabs.post({ kind: 'let-go', term: known?.term ?? null });
    },
    steal: () => {
      worker.post({ kind: 'claim', steal: true });
    },
  });
  const refuse = (error: unknown, leader: 'none' | 'newer'): void => {
    following.refuse(carryError(error), leader);
  };
  const act = (term: Term, presence: Presence): void => {
    if (term.worker === worker.id()) {
      following.useOwn(worker);
      turn.isTaken();
    } else if (term.version > version) {
      worker.terminate(); // It must not lead with an older program either. // BRW-11
      refuse(outdated(), 'newer');
    } else if (term.version < version) {
      following.useNobody();
      void turn.take().catch((error: unknown) => {
        refuse(error, 'none');
      });
    } else {
      const sayHello = (tab: string): void => {
        tabs.post({ kind: 'hello', term: term.term, tab });
      };
      void following.useOther({ term: term.term, sayHello }, presence);
    }
  };
  const forget = (): void => {
    known = null;
    following.useNobody();
  };
  return {
    meet: (term, presence) => {
      if (known?.term === term.term) return;
      known = term;
      act(term, presence);
    },
    end: (term) => {
      turn.hasLetGo();
      if (known?.term === term) forget();
    },
    forget,
    ownTerm: () => (known?.worker === worker.id() ? known.term : null),
    expectOwn: () => {
      if (known === null) following.expectOwn();
    },
    fail: (error) => {
      turn.fail(restoreError(error));
      if (known === null) following.refuse(error, 'none');
    },
    takeTurn: async () => {
      if (following.leader() === 'newer') throw outdated();
      if (following.leader() !== 'this') await turn.take();
    },
  };
}

function outdated(): DataansError {
  return new DataansError('storage-unusable', 'A newer version of Dataans is open in another tab.', {
    advice: 'Reload this page to get that version.',
    reason: 'newer-version',
  });
}
