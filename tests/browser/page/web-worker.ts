import { startHomeWorker } from '@dataans/client/worker';

/** The worker of a program, whole; and what no program does. */
startHomeWorker();
globalThis.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (data === 'hang') for (;;);
});
