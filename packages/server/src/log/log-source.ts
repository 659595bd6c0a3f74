import type { LogStore, PageQuestion } from './log-store.ts';

/** A log to read from the start to its head, wherever it is. */
export interface LogSource extends Pick<LogStore, 'id' | 'head' | 'chainAt' | 'account'> {
  /** Not `ok`: the chain at `after` is another one. */
  readPage(
    question: PageQuestion,
  ): Promise<{ readonly ok: true; readonly frames: Uint8Array } | { readonly ok: false }>;
}
