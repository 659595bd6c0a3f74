import type { Home } from '@dataans/client';
import { callRemote, type Port } from '@dataans/client/browser';

type Message = Parameters<Parameters<Port['listen']>[0]>[0];

/** The home that a worker has open. */
export function openHome(worker: Worker): Home {
  const port: Port = {
    post: (message) => {
      worker.postMessage(message);
    },
    listen: (listener) => {
      const hear = ({ data }: MessageEvent<Message>): void => {
        listener(data);
      };
      worker.addEventListener('message', hear);
      return () => {
        worker.removeEventListener('message', hear);
      };
    },
  };
  return callRemote<Home>(port, { subscriptions: ['live'], once: [] }).served;
}
