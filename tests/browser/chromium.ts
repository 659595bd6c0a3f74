import { chromium, type BrowserContext, type Page } from 'playwright-core';
import type { Home, Leader, Tab } from '@dataans/client/web';
import { createCaller } from '../../packages/client/src/remote/caller.ts';
import type { CheckName, PageCalls, WorkerName } from './page/page.ts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What a page does not show by then it never shows: longer than anything takes beside other tests on two cores. */
const hungAfterMs = 120_000;

/**
 * Headless Chromium with a profile in `folder`, so that its private file system is on a disk. It takes the
 * certificates that tests make themselves.
 */
export async function launchChromium(
  folder: string,
  moreFlags: readonly string[] = [],
): Promise<BrowserContext> {
  const browser = await chromium.launchPersistentContext(folder, {
    ignoreHTTPSErrors: true,
    executablePath: process.env['DATAANS_CHROMIUM'] ?? '/usr/bin/chromium',
    headless: true,
    args: [...flags, ...moreFlags],
    timeout: hungAfterMs,
  });
  browser.setDefaultTimeout(hungAfterMs);
  return browser;
}

/** An error that a function of a worker threw, with its code where it has one. */
class WorkerFault extends Error {
  override readonly name = 'WorkerFault';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The home that a page opens by the first call. Only what can be written as JSON crosses, so no listeners. */
export function homeOf(page: Page, name: string): Home & { readonly tab: Pick<Tab, 'useHere'> } {
  return createCaller((path, parameters) => callHome(page, name, path, parameters));
}

async function callHome(
  page: Page,
  home: string,
  path: string,
  parameters: readonly unknown[],
): Promise<unknown> {
  const answer = await page.evaluate(
    // The page has put its calls on the global object.
    (call) => (globalThis as unknown as PageCalls).callHome(call.home, call.path, [...call.parameters]),
    { home, path, parameters },
  );
  if (!answer.ok) throw new WorkerFault(answer.code, answer.message);
  return answer.result;
}

/** What `homeChecks` finds out about a home of the page. */
export async function checkHome(
  page: Page,
  home: string,
  name: CheckName,
  ...parameters: readonly unknown[]
): Promise<unknown> {
  const answer = await page.evaluate(
    (call) => (globalThis as unknown as PageCalls).checkHome(call.home, call.name, [...call.parameters]),
    { home, name, parameters },
  );
  if (!answer.ok) throw new WorkerFault(answer.code, answer.message);
  return answer.result;
}

/** Resolves when another tab, or this one, leads as seen from this page. */
export async function untilLeader(page: Page, home: string, leader: Leader): Promise<void> {
  await page.evaluate((seen) => (globalThis as unknown as PageCalls).untilLeader(seen.home, seen.leader), {
    home,
    leader,
  });
}

/** Calls a function of a worker of the page. Parameters and result are plain values. */
export async function callWorker(
  page: Page,
  worker: WorkerName,
  name: string,
  ...parameters: readonly unknown[]
): Promise<unknown> {
  const answer = await page.evaluate(
    // The page has put its calls on the global object.
    (call) => (globalThis as unknown as PageCalls).callWorker(call.worker, call.name, [...call.parameters]),
    { worker, name, parameters },
  );
  if (!answer.ok) throw new WorkerFault(answer.code, answer.message);
  return answer.result;
}
