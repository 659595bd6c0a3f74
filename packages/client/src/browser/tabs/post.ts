import type { Port } from '../../remote/port.ts';
import type { OwnPageMessage, OwnWorkerMessage, ServingMessage } from './tab-messages.ts';

/** What a worker, a worker's own side and a `BroadcastChannel` have in common. */
export interface MessageTarget {
  postMessage(message: unknown): void;
  /** A channel copies what it should give away. */
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
}

export interface Channel extends MessageTarget {
  close(): void;
}

/** Messages of one type to and from another thread. */
export interface Post<Sent, Heard> {
  post(message: Sent, transfer?: readonly ArrayBuffer[]): void;
  listen(listener: (message: Heard) => void): () => void;
}

export function createPost<Sent, Heard>(target: MessageTarget): Post<Sent, Heard> {
  return {
    post: (message, transfer = []) => {
      if (transfer.length === 0) target.postMessage(message);
      else target.postMessage(message, [...transfer]);
    },
    listen: (listener) => {
      const hear = ({ data }: MessageEvent<unknown>): void => {
        listener(data as Heard); // Both ends are of this program, and say these types alone.
      };
      target.addEventListener('message', hear);
      return () => {
        target.removeEventListener('message', hear);
      };
    },
  };
}

/** Between a page and who serves it, whatever else the two say to each other. */
export type ServingPost = Post<ServingMessage, ServingMessage | OwnPageMessage | OwnWorkerMessage>;

/** The calls among what is said between a page and who serves it. */
export function carriedPort(post: ServingPost): Port {
  return {
    post: (message, transfer) => {
      post.post({ kind: 'carried', message }, transfer);
    },
    listen: (listener) =>
      post.listen((heard) => {
        if (heard.kind === 'carried') listener(heard.message);
      }),
  };
}
