import type { Message } from './messages.ts';

/** One end of a way between two threads or tabs: what is posted arrives at the other end as a clone, in order. */
export interface Port {
  /** @param transfer what the sender gives away, so that it isn't copied; a port that cannot do so copies it */
  post(message: Message, transfer?: readonly ArrayBuffer[]): void;
  /** @returns what ends the listening */
  listen(listener: (message: Message) => void): () => void;
}
