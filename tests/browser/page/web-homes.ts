import { openWebHome, type Leader, type WebHome } from '@dataans/client/web';

/** The homes of this page by name, as a program opens them. */
const opened = new Map<string, WebHome>();

const workers: Worker[] = [];

function startWorker(): Worker {
  const worker = new Worker(new URL('./web-worker.ts', import.meta.url), { type: 'module' });
  workers.push(worker);
  return worker;
}

/** None of them does anything any more. */
export function hangWorkers(): void {
  for (const worker of workers) worker.postMessage('hang');
}

export function openHere(name: string, version = 1): WebHome {
  return openWebHome({ name, version, startWorker });
}

export function homeHere(name: string, version?: number): WebHome {
  const home = opened.get(name) ?? openHere(name, version);
  opened.set(name, home);
  return home;
}

export function untilLeader({ tab }: WebHome, leader: Leader): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (tab.leader() !== leader) return;
      stop();
      resolve();
    };
    const stop = tab.onLeader(look);
    look();
  });
}
