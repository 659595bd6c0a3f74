import { describeError, type Answer } from './calls.ts';
import './home-contract.ts';
import { homeChecks } from './home-checks.ts';
import { runRegisteredTests, type TestOutcome } from './registered-tests.ts';
import { hangWorkers, homeHere, untilLeader } from './web-homes.ts';
import type { Home, Leader, WebHome } from '@dataans/client/web';

/** What the test calls in the page. */
export interface PageCalls {
  /** Calls a function of the worker of that name, which is started by the first call. */
  callWorker(worker: WorkerName, name: string, parameters: readonly unknown[]): Promise<Answer>;
  /** Opens a home, as a program of this version, by the first call. */
  openHome(home: string, version: number): void;
  /** Calls a function of an open home by its path, as `notes.add`; those of `tab` too. */
  callHome(home: string, path: string, parameters: readonly unknown[]): Promise<Answer>;
  untilLeader(home: string, leader: Leader): Promise<void>;
  checkHome(home: string, name: CheckName, parameters: readonly unknown[]): Promise<Answer>;
  hangWorkers(): void;
  runHomeContract(): Promise<readonly TestOutcome[]>;
}

export type CheckName = keyof typeof homeChecks;

export type WorkerName = keyof typeof startWorker;

const startWorker = {
  contracts: () => new Worker(new URL('./contracts-worker.ts', import.meta.url), { type: 'module' }),
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
  openHome: (home, version) => {
    homeHere(home, version);
  },
  callHome: (home, path, parameters) => answer(() => callPath(homeHere(home), path, parameters)),
  checkHome: (home, name, parameters) => {
    // The test and the check agree on the parameters.
    const check = homeChecks[name] as (home: Home, ...given: readonly unknown[]) => unknown;
    return answer(() => check(homeHere(home).home, ...parameters));
  },
  untilLeader: (home, leader) => untilLeader(homeHere(home), leader),
  hangWorkers,
  runHomeContract: runRegisteredTests,
};
Object.assign(globalThis, calls);
if (new URLSearchParams(location.search).has('check')) void checkHere();

/** A person has opened the page, and no test. */
async function checkHere(): Promise<void> {
  const { showCheck } = await import('./check-page.ts');
  const run = async (name: string): Promise<readonly TestOutcome[]> => {
    const outcome = await calls.callWorker('contracts', name, []);
    if (!outcome.ok) throw new Error(outcome.message);
    return outcome.result as readonly TestOutcome[]; // Both of them give such.
  };
  await showCheck([
    { title: 'Storage', run: () => run('runRegisteredTests') },
    { title: 'Keys and sealing', run: () => run('runVectors') },
  ]);
}

async function answer(work: () => unknown): Promise<Answer> {
  try {
    return { id: 0, ok: true, result: await work() };
  } catch (error) {
    return { id: 0, ok: false, ...describeError(error) };
  }
}

function callPath({ home, tab }: WebHome, path: string, parameters: readonly unknown[]): unknown {
  let found: unknown = path.startsWith('tab.') ? { tab } : home;
  for (const name of path.split('.')) found = Reflect.get(found as object, name);
  // The test knows the interface.
  return (found as (...given: readonly unknown[]) => unknown)(...parameters);
}

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
