import type { JoinedTab } from './join-tabs.ts';

/** What a page does when the browser says that something about it is another way now. */
export interface PageTold extends Pick<JoinedTab, 'leave' | 'comeBack'> {
  /** The server may be there again, or the person signed in at a proxy. // SYN-24 */
  readonly retry: () => Promise<void>;
}

/** What this needs of a window. */
export interface NotedPage extends EventTarget {
  readonly document: EventTarget & { readonly visibilityState: string };
}

/** @returns what ends it */
export function notePage(page: NotedPage, { leave, comeBack, retry }: PageTold): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  const tryAgain = (): void => {
    void retry().catch(() => undefined); // It was only a hint.
  };
  // A page may be kept for later with its worker frozen: its notes must not be locked meanwhile. // BRW-9
  page.addEventListener('pagehide', leave, { signal });
  page.addEventListener(
    'pageshow',
    (event) => {
      if (!('persisted' in event) || event.persisted !== true) return;
      comeBack();
      tryAgain();
    },
    { signal },
  );
  page.addEventListener('online', tryAgain, { signal });
  page.document.addEventListener(
    'visibilitychange',
    () => {
      if (page.document.visibilityState === 'visible') tryAgain();
    },
    { signal },
  );
  return () => {
    ended.abort();
  };
}
