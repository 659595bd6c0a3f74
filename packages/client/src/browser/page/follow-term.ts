import type { Clock } from '../../platform/clock.ts';
import type { CarriedError } from '../../remote/carried-error.ts';
import { createRelay } from '../../remote/create-relay.ts';
import type { Port } from '../../remote/port.ts';
import { createRefusingPort } from '../../remote/refusing-port.ts';
import type { RemoteShape } from '../../remote/remote-shape.ts';
import { pairChannel } from '../tabs/names.ts';
import { carriedPort, createPost, type Channel, type ServingPost } from '../tabs/post.ts';
import type { ServingMessage } from '../tabs/tab-messages.ts';
import { createHeartbeat } from './heartbeat.ts';
import { createLeaderNews } from './leader-news.ts';
import type { Presence } from './presence.ts';
import type { Leader, Tab } from './tab.ts';

export interface FollowDependencies {
  /** Names the home. */
  readonly name: string;
  readonly shape: RemoteShape;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly openChannel: (name: string) => Channel;
  /** Who leads says so, if there is one and it is awake. */
  readonly askWhoLeads: () => void;
  /** Somebody does, awake or not: a page whose own worker is slow to begin waits for nobody. */
  readonly isLed: () => Promise<boolean>;
}

/** Another tab's worker, which leads. */
export interface OtherTerm {
  readonly term: string;
  /** Asks it to serve this page. */
  readonly sayHello: (tab: string) => void;
}

/** Leads the calls of this page to who serves it now. */
export interface Following extends Pick<Tab, 'leader' | 'onLeader'> {
  /** Of all calls. */
  readonly port: Port;
  /** The worker of this page leads. */
  useOwn(worker: ServingPost): void;
  /** The worker of this page is about to lead. */
  expectOwn(): void;
  /** The worker of another tab leads; calls wait until it has heard of this one. */
  useOther(other: OtherTerm, presence: Presence): Promise<void>;
  /** Nobody leads: calls wait. */
  useNobody(): void;
  /** Nobody will: calls fail. */
  refuse(error: CarriedError, leader: 'none' | 'newer'): void;
}

/** Who serves this page now. */
interface Followed {
  /** What it is unless it is asleep. */
  readonly leader: Leader;
  /** Asks for a sign of life; `null` if there is no need. */
  readonly ping: (() => void) | null;
  readonly leave: () => void;
}

export function followTerms(dependencies: FollowDependencies): Following {
  const { name, shape, clock, openChannel, askWhoLeads, isLed } = dependencies;
  const relay = createRelay(shape);
  const { tell, leader, onLeader } = createLeaderNews();
  const leave = (): void => undefined;
  const nobody: Followed = { leader: 'none', ping: askWhoLeads, leave };
  let followed = nobody;

  const heartbeat = createHeartbeat({
    clock,
    ping: () => followed.ping?.(),
    isWaiting: () => followed.ping !== null && relay.waiting() > 0,
    isLed,
    tell: (isAsleep) => {
      tell(isAsleep ? 'asleep' : followed.leader);
    },
  });
  const use = (next: Followed, port: Port | null): void => {
    followed.leave();
    followed = next;
    relay.use(port);
    heartbeat.heard();
    tell(next.leader);
    heartbeat.expect();
  };

  return {
    port: {
      ...relay,
      post: (message) => {
        relay.post(message);
        heartbeat.expect();
      },
    },
    leader,
    onLeader,
    useOwn: (worker) => {
      use({ leader: 'this', ping: null, leave }, carriedPort(worker));
    },
    expectOwn: () => {
      use({ leader: 'none', ping: null, leave }, null);
    },
    useOther: async ({ term, sayHello }, { tab, told: isTold }) => {
      const pair = openChannel(pairChannel(name, term, tab));
      const post = createPost<ServingMessage, ServingMessage>(pair);
      const other: Followed = {
        leader: 'other',
        ping: () => {
          post.post({ kind: 'ping' });
        },
        leave: () => {
          pair.close();
        },
      };
      use(other, null);
      post.listen(({ kind }) => {
        if (kind === 'welcome' && followed === other) relay.use(carriedPort(post));
        queueMicrotask(heartbeat.heard); // Once it is known whether an answer is left to wait for.
      });
      await isTold;
      if (followed === other) sayHello(tab);
    },
    useNobody: () => {
      use(nobody, null);
    },
    refuse: (error, shown) => {
      use({ leader: shown, ping: null, leave }, createRefusingPort(error));
    },
  };
}
