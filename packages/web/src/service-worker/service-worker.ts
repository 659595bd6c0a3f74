import { readSharedForm } from '../share/read-form.ts';
import { keepShared, sharedCacheName } from '../share/shared-items.ts';
import { answerFile } from './answer-file.ts';
import { openFile, type Page } from './open-file.ts';
import {
  navigationWaitMs,
  planRequest,
  shellPath,
  usesShell,
  type NavigationAnswer,
} from './plan-request.ts';

/** Put in by the build: what this version keeps, and its name. */
declare const __KEPT_PATHS__: readonly string[];
declare const __VERSION__: string;
/** TypeScript takes every file for one of a page. */
interface WorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: {
    claim(): Promise<void>;
    get(id: string): Promise<Page | undefined>;
    matchAll(which: { readonly type: 'window' }): Promise<readonly Page[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(
    type: 'install' | 'activate',
    listener: (event: { waitUntil(work: Promise<unknown>): void }) => void,
  ): void;
  addEventListener(
    type: 'fetch',
    listener: (event: {
      readonly request: Request;
      /** Of the page that asks; empty for what is opened as a page. */
      readonly clientId: string;
      respondWith(answer: Promise<Response>): void;
    }) => void,
  ): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}
const worker = globalThis as unknown as WorkerScope;

/** How long a page may take to say that it has a file: it may be busy, or another one may have to take the lead. */
const pageWaitMs = 10_000;

const cacheName = `dataans ${__VERSION__}`;
const kept = new Set(__KEPT_PATHS__);
/** Kept to be hashed with the rest, and never answered from there: a new one must be found. */
const ownPath = '/app/service-worker.js';

worker.addEventListener('install', (event) => {
  event.waitUntil(keepAll());
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(removeOldest().then(() => worker.clients.claim()));
});

/** A person asked for the new version: it doesn't come by itself while something is being written. */
worker.addEventListener('message', ({ data }) => {
  if (data === 'use-now') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const plan = planRequest(
    { method: request.method, url, isNavigation: request.mode === 'navigate' },
    location.origin,
    kept,
  );
  if (plan.kind === 'cached') event.respondWith(fromCache(plan.path, request));
  if (plan.kind === 'file') event.respondWith(serveFile(plan.file, request, event.clientId));
  if (plan.kind === 'share') event.respondWith(takeShared(request));
  if (plan.kind === 'navigate') event.respondWith(navigate(request, url.searchParams.has('sign-in')));
});

/** A page reads it: here there are no keys. */
async function serveFile(file: string, request: Request, asker: string): Promise<Response> {
  const own = asker === '' ? undefined : await worker.clients.get(asker);
  const pages = own === undefined ? await worker.clients.matchAll({ type: 'window' }) : [own];
  const tooLate = new Promise((resolve) => setTimeout(resolve, pageWaitMs));
  return answerFile(await openFile(pages, file, tooLate), request.headers.get('range'));
}

/** Kept here whoever is signed in, with or without a network; the app asks where it shall go. // BRW-13 */
async function takeShared(request: Request): Promise<Response> {
  const isKept = await request
    .formData()
    .then((form) => keepShared(caches, readSharedForm(form, crypto.randomUUID())))
    .then(
      () => true,
      () => false, // There is no room, or too much waits: the page says so.
    );
  return Response.redirect(isKept ? shellPath : `${shellPath}?not-kept`, 303);
}

async function keepAll(): Promise<void> {
  const cache = await caches.open(cacheName);
  const paths = [...__KEPT_PATHS__, ownPath];
  await cache.addAll(paths.map((path) => new Request(path, { cache: 'no-cache' })));
}

/** All but the version before this one: a tab that still shows it gets the parts that it has not shown yet from there. */
async function removeOldest(): Promise<void> {
  const ours = new Set([cacheName, sharedCacheName]);
  const former = (await caches.keys()).filter((name) => !ours.has(name));
  await Promise.all(former.slice(0, -1).map((name) => caches.delete(name)));
}

async function fromCache(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  return (await cache.match(path)) ?? (await caches.match(path)) ?? fetch(request);
}

/** The network for a moment, so that a login in front of the server is noticed; then the page that is kept. */
async function navigate(request: Request, asksForLogin: boolean): Promise<Response> {
  const answer = await fetchInTime(request, asksForLogin ? null : navigationWaitMs);
  if (answer !== null && !usesShell(describe(answer), asksForLogin)) return answer;
  if (answer === null && !usesShell({ kind: 'none' }, asksForLogin)) return Response.error();
  return fromCache(shellPath, request);
}

async function fetchInTime(request: Request, waitMs: number | null): Promise<Response | null> {
  try {
    // A redirect is not followed here: whoever asked for it is led there by the browser.
    const answer = fetch(request, { redirect: 'manual' });
    if (waitMs === null) return await answer;
    const tooLate = new Promise<null>((resolve) => setTimeout(() => resolve(null), waitMs));
    return await Promise.race([answer, tooLate]);
  } catch {
    return null;
  }
}

function describe(answer: Response): NavigationAnswer {
  return {
    kind: 'answer',
    status: answer.status,
    isRedirect: answer.type === 'opaqueredirect' || answer.redirected,
    isPage: (answer.headers.get('content-type') ?? '').startsWith('text/html'),
  };
}
