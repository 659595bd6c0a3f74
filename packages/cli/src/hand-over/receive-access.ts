import { createHash, randomBytes } from 'node:crypto';
import { createSecret, type Access } from '@dataans/client';
import {
  bytesToBase64url,
  createHandOverKey,
  DataansError,
  handOverCode,
  handOverDeviceCharactersMax,
  handOverStateBytes,
  openHandOver,
  paths,
  type HandOverReceiver,
} from '@dataans/core';
import type { Context } from '../context.ts';
import { printableLine } from '../output/printable.ts';
import type { Fault } from './judge-post.ts';
import { openBrowser } from './open-browser.ts';
import { startReceiver } from './receiver.ts';

export interface HandOverRequest {
  readonly server: string;
  /** What the person knows this device by. */
  readonly device: string;
  /** `false`: the person opens the address. */
  readonly opensBrowser: boolean;
  /** Whether the server lets somebody in with this. Nothing that was not proven ends the wait. */
  readonly isLetIn: (access: Access) => Promise<boolean>;
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
  const { server } = request;
  const handOverKey = await createHandOverKey(crypto.subtle);
  const state = bytesToBase64url(randomBytes(handOverStateBytes));
  const found = Promise.withResolvers<Access>();
  let access: Access | null = null;
  const take = async (sealed: string): Promise<Fault | null> => {
    const handedOver = await openHandOver(crypto.subtle, question, handOverKey, sealed);
    if (handedOver === null) return unusable;
    const { header, token } = handedOver;
    const given: Access = { kind: 'access-token', header, token: createSecret(token), source: 'browser' };
    if (!(await request.isLetIn(given))) return notLetIn;
    access = given;
    return null;
  };
  const receiver = await startReceiver({
    state,
    serverOrigin: new URL(server).origin,
    take,
    onTaken: () => access !== null && found.resolve(access),
  });
  const question = { port: receiver.port, state, key: handOverKey.publicKey };
  try {
    const page = pageAddress(server, question, request.device);
    const code = handOverCode(sha256, question);
    for (const line of askFor(page, code, receiver.port, request)) terminal.say(line);
    if (request.opensBrowser) openBrowser(page, environment);
    return await Promise.race([
      found.promise,
      rejectWhen(interrupt, () => new DOMException('Interrupted.', 'AbortError')),
      rejectWhen(request.limit ?? AbortSignal.timeout(waitMs), () => nobodyCame(server)),
    ]);
  } catch (error) {
    if (interrupt.aborted) terminal.say(closePage);
    throw error;
  } finally {
    await receiver.close();
  }
}

const closePage = 'Close the page in your browser. It belongs to a sign-in that is over.';

const unusable: Fault = {
  status: 400,
  sentence:
    'This was meant for another command. Close this page, and open the address that the command printed.',
};

const notLetIn: Fault = {
  status: 403,
  sentence:
    'The server doesn’t accept this sign-in. The command is still waiting. Open its address again, and sign in there.',
};

function pageAddress(server: string, { port, state, key }: HandOverReceiver, device: string): string {
  const name = Array.from(printableLine(device)).slice(0, handOverDeviceCharactersMax).join('');
  const query = new URLSearchParams({ port: String(port), state, key, device: name || 'this device' });
  return `${server}${paths.handOver}?${query.toString()}`;
}

function askFor(
  page: string,
  code: string,
  port: number,
  { server, opensBrowser }: HandOverRequest,
): readonly string[] {
  return [
    opensBrowser
      ? `Sign in to ${server} in your browser. If it doesn't open, go to:`
      : `Sign in to ${server} in a browser:`,
    '',
    `  ${page}`,
    '',
    `Confirm there only if the page shows this code: ${code}`,
    ...(opensBrowser
      ? []
      : [
          `To use a browser on another machine, first run there: ssh -L ${port}:127.0.0.1:${port} THIS-MACHINE`,
        ]),
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
    `The sign-in to ${server} wasn't confirmed in the browser within 10 minutes.`,
    {
      advice: `${closePage} Then run the command again, and confirm on the page that it opens.`,
    },
  );
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}
