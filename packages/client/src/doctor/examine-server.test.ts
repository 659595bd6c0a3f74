import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Transport } from '../platform/transport.ts';
import { examineServer } from './examine-server.ts';

const now = Date.UTC(2026, 0, 1);
const answersByPath: Readonly<Record<string, object>> = {
  '/health': { status: 'ok' },
  '/v1/session': { method: 'token', name: 'laptop', expires: null },
};

/** A server whose event stream is silent, as through a front that waits for its end. */
const silent: Transport = async ({ url, signal }) => {
  const { pathname } = new URL(url);
  return {
    status: 200,
    header: (name) => (name === 'dataans' ? '1' : name === 'date' ? new Date(now).toUTCString() : null),
    body: (async function* body() {
      if (pathname === '/v1/events') signal.throwIfAborted();
      yield Buffer.from(JSON.stringify(answersByPath[pathname] ?? {}));
    })(),
  };
};

test('[CLI-16] doctor finds that events are held back on the way, and an address that others can read', async () => {
  const deadline = (ms: number) => (ms === 5_000 ? AbortSignal.abort() : new AbortController().signal);
  const way = {
    address: 'http://notes.example.org',
    transport: silent,
    access: {},
    now: () => now,
    deadline,
  };
  const findings = await examineServer(way);
  const adviceOf = (about: string) => findings.find((finding) => finding.about === about)?.advice ?? '';
  assert.match(adviceOf('events'), /proxy_buffering off/);
  assert.match(adviceOf('https'), /^Use https/);
});
