import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { get as getByTls } from 'node:https';
import { isIPv6 } from 'node:net';
import { text } from 'node:stream/consumers';
import { OperatorError } from '../operator-error.ts';
import { errorText } from '../system-error.ts';
import type { Output } from './output.ts';

const timeoutMs = 10_000;

export interface HealthContext {
  /** What the server was told to listen on. */
  readonly host: string;
  readonly port: number;
  /** `null` if it speaks plain HTTP. */
  readonly tls: object | null;
  readonly output: Output;
}

/**
 * Asks the server of this machine whether it works: for what keeps watch over a container, without another program in
 * it. Throws `OperatorError` if it does not. // SRV-73
 */
export async function checkHealth({ host, port, tls, output }: HealthContext): Promise<void> {
  const address = `${tls === null ? 'http' : 'https'}://${reachableHost(host)}:${port}/health`;
  const { status, said } = await ask(address, tls !== null).catch((cause: unknown) => {
    throw new OperatorError(
      `No server answered at ${address} (${errorText(cause)}). Start it, or set DATAANS_PORT to the port that it listens on.`,
      { cause },
    );
  });
  if (status !== 200) throw new OperatorError(`The server at ${address} isn't well (${status}): ${said}`);
  output.stdout(`${said}\n`);
}

async function ask(
  address: string,
  byTls: boolean,
): Promise<{ readonly status: number; readonly said: string }> {
  const signal = AbortSignal.timeout(timeoutMs);
  // The certificate names the address that people use. Nothing secret is said, and it is this machine that is asked.
  const request = byTls ? getByTls(address, { signal, rejectUnauthorized: false }) : get(address, { signal });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 0, said: await text(answer) };
}

/** An address that stands for every one of this machine is none that can be asked. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return isIPv6(host) ? `[${host}]` : host;
}
