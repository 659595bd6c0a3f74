import { createHome } from '../../home/create-home.ts';
import { createBrowserClock } from '../clock.ts';
import { openBrowserPlatform } from '../open-browser-platform.ts';
import type { MessageTarget } from '../tabs/post.ts';
import { loadWasmSqlite } from '../wasm-sqlite.ts';
import { answerPage } from './answer-page.ts';

/**
 * All that a program's worker has to do: it is told the rest by `openWebHome` of its page. Only in a dedicated worker.
 */
export function startHomeWorker(): void {
  // Compiled while it is found out who leads; whoever opens the home is told if it can't be.
  loadWasmSqlite().catch(() => undefined);
  answerPage(globalThis as unknown as MessageTarget, {
    // What is global in a dedicated worker is its port.
    locks: navigator.locks,
    clock: createBrowserClock(),
    openChannel: (name) => new BroadcastChannel(name),
    openHome: async (name) => createHome(await openBrowserPlatform(name)),
  });
}
