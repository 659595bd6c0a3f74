import { createHash, randomBytes } from 'node:crypto';
import { createSecret, type Access } from '@dataans/client';
import {
  bytesToBase64url,
  DataansError,
  handOverCode,
  handOverDeviceCharactersMax,
  handOverStateBytes,
  paths,
} from '@dataans/core';
import type { Context } from '../context.ts';
import { printableLine } from '../output/printable.ts';
import { openBrowser } from './open-browser.ts';
import { startReceiver } from './receiver.ts';

export interface HandOverRequest {
  readonly server: string;
  /** What the person knows this device by. */
  readonly device: string;
  /** `false`: the person opens the address. */
  readonly opensBrowser: boolean;
  /** Aborts when nobody is waited for any longer. Default: after ten minutes. */
  readonly limit?: AbortSignal;
}

const waitMs = 10 * 60_000;

/**
 * The sign-in of a person in their browser, handed over by a page of the server. // HND-5, HND-6
 *
 * @throws DataansError `login-required` where nobody did it in time
 */
export async function receiveAccess(context: Context, request: HandOverRequest): Promise<Access> {
  const { terminal, environment, interrupt } = context;
  const { server, device } = request;
  const state = bytesToBase64url(randomBytes(handOverStateBytes));
  const receiver = await startReceiver({ state, serverOrigin: new URL(server).origin });
  try {
    const { port } = receiver;
    const page = pageAddress(server, { port, state, device });
    const code = handOverCode(sha256, { port, state });
    for (const line of askFor(page, code, port, request)) terminal.say(line);
    if (request.opensBrowser) openBrowser(page, environment);
    const limit = request.limit ?? AbortSignal.timeout(waitMs);
    const { header, token } = await Promise.race([
      receiver.handedOver,
      rejectWhen(interrupt, () => new DOMException('Interrupted.', 'AbortError')),
      rejectWhen(limit, () => nobodyCame(server)),
    ]);
    return { kind: 'access-token', header, token: createSecret(token), source: 'browser' };
  } finally {
    await receiver.close();
  }
}

function pageAddress(
  server: string,
  { port, state, device }: { readonly port: number; readonly state: string; readonly device: string },
): string {
  const name = Array.from(printableLine(device)).slice(0, handOverDeviceCharactersMax).join('');
  const query = new URLSearchParams({ port: String(port), state, device: name || 'this device' });
  return `${server}${paths.handOver}?${query.toString()}`;
}

function askFor(
  page: string,
  code: string,
  port: number,
  { server, opensBrowser }: HandOverRequest,
): readonly string[] {
  return [
    `${server} asks for a sign-in in your browser. ${opensBrowser ? 'If it does not open by itself, open' : 'Open'}:`,
    '',
    `  ${page}`,
    '',
    `Sign in there, and confirm only if the page shows this code: ${code}`,
    ...(opensBrowser
      ? []
      : [`In a browser on another machine, first run there: ssh -L ${port}:127.0.0.1:${port} THIS-MACHINE`]),
  ];
}

function rejectWhen(signal: AbortSignal, reason: () => Error): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => reject(reason());
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

function nobodyCame(server: string): DataansError {
  return new DataansError(
    'login-required',
    `Nobody confirmed the sign-in to ${server} in a browser in time.`,
    {
      advice: 'Run the command again, and confirm on the page that it opens.',
    },
  );
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}
