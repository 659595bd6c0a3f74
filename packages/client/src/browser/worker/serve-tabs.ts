import type { Serving } from '../../remote/serve-calls.ts';
import { serveCalls } from '../../remote/serve-calls.ts';
import { pairChannel, tabLock, tabsChannel } from '../tabs/names.ts';
import { carriedPort, createPost, type Channel, type ServingPost } from '../tabs/post.ts';
import type { ServingMessage, TabsMessage, Term } from '../tabs/tab-messages.ts';

export interface TabsDependencies {
  /** Names the home. */
  readonly name: string;
  readonly locks: LockManager;
  readonly openChannel: (name: string) => Channel;
}

/**
 * Serves every tab that asks for it, and says so to all.
 *
 * @param own the page of this worker
 * @param onLetGo another tab wants to lead
 */
export function serveTabs(
  { name, locks, openChannel }: TabsDependencies,
  {
    served,
    term,
    own,
    onLetGo,
  }: {
    readonly served: object;
    readonly term: Term;
    readonly own: ServingPost;
    readonly onLetGo: () => void;
  },
): Serving {
  const channel = openChannel(tabsChannel(name));
  const tabs = createPost<TabsMessage, TabsMessage>(channel);
  const servings = new Map<string, Serving>([['', serveOne(served, own)]]);
  const ended = new AbortController();

  const welcome = (tab: string): void => {
    if (servings.has(tab)) return;
    const pair = openChannel(pairChannel(name, term.term, tab));
    const post = createPost<ServingMessage, ServingMessage>(pair);
    const serving = serveOne(served, post);
    const close = (): void => {
      serving.close();
      pair.close();
      servings.delete(tab);
    };
    servings.set(tab, { ...serving, close });
    post.post({ kind: 'welcome' });
    // Whoever gets the lock of a page knows that it is gone, however it went.
    locks.request(tabLock(name, tab), { signal: ended.signal }, close).catch(() => undefined);
  };
  const hear = (message: TabsMessage): void => {
    if (message.kind === 'who-leads') tabs.post({ kind: 'leading', ...term });
    if (message.kind === 'hello' && message.term === term.term) welcome(message.tab);
    if (message.kind === 'let-go' && (message.term ?? term.term) === term.term) onLetGo();
  };
  const stopHearing = tabs.listen(hear);
  tabs.post({ kind: 'leading', ...term });

  const beginNothing = (): void => {
    stopHearing();
    for (const serving of servings.values()) serving.beginNothing();
  };
  return {
    beginNothing,
    close: () => {
      beginNothing();
      ended.abort();
      for (const serving of servings.values()) serving.close();
      tabs.post({ kind: 'has-let-go', term: term.term });
      channel.close();
    },
  };
}

function serveOne(served: object, post: ServingPost): Serving {
  const serving = serveCalls(served, carriedPort(post));
  const stopAnswering = post.listen(({ kind }) => {
    if (kind === 'ping') post.post({ kind: 'pong' });
  });
  return {
    ...serving,
    close: () => {
      stopAnswering();
      serving.close();
    },
  };
}
