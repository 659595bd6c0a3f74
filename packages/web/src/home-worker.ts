import { createHome } from '@dataans/client';
import { openBrowserPlatform, serveCalls, type Port } from '@dataans/client/browser';

type Listener = Parameters<Port['listen']>[0];
type Message = Parameters<Listener>[0];

const early: Message[] = [];
let hear: Listener = (message) => {
  early.push(message);
};
self.addEventListener('message', ({ data }: MessageEvent<Message>) => {
  hear(data);
});
const home = createHome(await openBrowserPlatform({ name: 'dataans', leaderWaitMs: Infinity }));
serveCalls(home, {
  post: (message, transfer = []) => {
    self.postMessage(message, { transfer: [...transfer] });
  },
  listen: (listener) => {
    hear = listener;
    return () => undefined;
  },
});
// What was asked for while it opened.
for (const message of early) hear(message);
