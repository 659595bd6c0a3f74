import type { Answer } from './calls.ts';

/** What the test calls in the page. */
export interface PageCalls {
  /** Calls a function of the worker of that name, which is started by the first call. */
  callWorker(worker: WorkerName, name: string, parameters: readonly unknown[]): Promise<Answer>;
}

export type WorkerName = keyof typeof startWorker;

const startWorker = {
  contracts: () => new Worker(new URL('./contracts-worker.ts', import.meta.url), { type: 'module' }),
  home: () => new Worker(new URL('./home-worker.ts', import.meta.url), { type: 'module' }),
  storage: () => new Worker(new URL('./storage-worker.ts', import.meta.url), { type: 'module' }),
};

const workers = new Map<WorkerName, Worker>();
const waiting = new Map<number, (answer: Answer) => void>();
let lastCall = 0;

const calls: PageCalls = {
  callWorker: (worker, name, parameters) => {
    lastCall += 1;
    const id = lastCall;
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    workerOf(worker).postMessage({ id, name, parameters });
    return answered;
  },
};
Object.assign(globalThis, calls);

function workerOf(name: WorkerName): Worker {
  const running = workers.get(name);
  if (running !== undefined) return running;
  const started = startWorker[name]();
  started.addEventListener('message', (event: MessageEvent<Answer>) => {
    waiting.get(event.data.id)?.(event.data);
    waiting.delete(event.data.id);
  });
  started.addEventListener('error', (event) => failAll(event.message));
  workers.set(name, started);
  return started;
}

/** A worker that does not even start answers nothing. */
function failAll(message: string): void {
  for (const [id, settle] of waiting) settle({ id, ok: false, code: '', message });
  waiting.clear();
}
