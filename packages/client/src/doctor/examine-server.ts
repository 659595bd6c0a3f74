import {
  bytesToJson,
  DataansError,
  limits,
  logMessage,
  paths,
  protocolVersions,
  serverHeader,
  sessionMessage,
  type ChunkName,
} from '@dataans/core';
import * as v from 'valibot';
import { isReadableOnItsWay } from '../account/server-address.ts';
import { explainUnreachable } from '../connection/connection-faults.ts';
import { readBody } from '../connection/read-body.ts';
import { timeTextToMs } from '../platform/time-text.ts';
import type { Transport, TransportRequest, TransportResponse } from '../platform/transport.ts';

/** One thing that was looked at on the way to a server. */
export interface WayFinding {
  readonly about: 'connection' | 'https' | 'clock' | 'login' | 'version' | 'events' | 'size';
  readonly state: 'good' | 'warning' | 'problem';
  readonly sentence: string;
  /** What to do; `null` if it is good. */
  readonly advice: string | null;
}

/** A way to a server, and what a device goes it with. */
export interface ExaminedWay {
  /** `http(s)://host…` without a slash at its end. */
  readonly address: string;
  readonly transport: Transport;
  /** What this device says to be let in. */
  readonly access: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A signal that aborts after so many milliseconds. */
  readonly deadline: (ms: number) => AbortSignal;
}

const answerMs = 30_000;
/** A server gives the first event at once. */
const firstEventMs = 5_000;
const clockToleranceMs = 60_000;

/** No bytes have this SHA-256, so that the server refuses what is sent under it. */
// A name of the right shape.
const noChunk = '0'.repeat(64) as ChunkName;

/** Follows the way to a server as a device goes it, and says where it is blocked. Stores nothing. // CLI-16 */
export async function examineServer(way: ExaminedWay): Promise<readonly WayFinding[]> {
  const { address } = way;
  const answer = await ask(way, { path: '/health' }).catch((error: unknown) =>
    explainUnreachable(address, error),
  );
  if (answer instanceof DataansError) return [problem('connection', answer.message, answer.advice)];
  await answer.cancel();
  const found = [...judgeAddress(address), ...judgeClock(answer, way.now())];
  const login = await judgeLogin(way);
  if (login.state !== 'good') return [judgeAnswerer(address, answer, login), ...found, login];
  return [
    judgeAnswerer(address, answer, login),
    ...found,
    login,
    await judgeVersion(way),
    await tryEvents(way),
    await trySize(way),
  ];
}

interface Asked extends Pick<TransportResponse, 'status' | 'header' | 'body'> {
  readonly isServers: boolean;
  cancel(): Promise<void>;
}

async function ask(
  { address, transport, access, deadline }: ExaminedWay,
  {
    path,
    method = 'GET',
    body = null,
    withinMs = answerMs,
  }: Partial<Pick<TransportRequest, 'method' | 'body'>> & {
    readonly path: string;
    readonly withinMs?: number;
  },
): Promise<Asked> {
  const signal = deadline(withinMs);
  const answer = await transport({ method, url: address + path, headers: access, body, signal });
  const stream = answer.body[Symbol.asyncIterator]();
  return {
    status: answer.status,
    header: answer.header,
    body: { [Symbol.asyncIterator]: () => stream },
    isServers: answer.header(serverHeader) !== null,
    cancel: async () => void (await stream.return?.()),
  };
}

function readAnswer(answer: Asked): Promise<Uint8Array | null> {
  return readBody(answer, limits.jsonBodyBytesMax, () => undefined);
}

function judgeAnswerer(address: string, { isServers, status }: Asked, login: WayFinding): WayFinding {
  if (isServers && status === 200) return good('connection', `A Dataans server answers at ${address}.`);
  if (isServers)
    return problem(
      'connection',
      `The server at ${address} says that it can't work just now.`,
      'Ask whoever runs it to look at its log.',
    );
  if (login.state === 'good')
    return good('connection', `${address} answers, and lets this device through to its server.`);
  if (status >= 300 && status < 404)
    return good('connection', `${address} answers, with a login in front of the server.`);
  return status >= 500
    ? problem(
        'connection',
        `What stands in front of the server at ${address} doesn't reach it (HTTP ${status}).`,
        'Check that the server is running.',
      )
    : problem(
        'connection',
        `${address} answers, but not as a Dataans server (HTTP ${status}).`,
        'Check the address.',
      );
}

function judgeAddress(address: string): readonly WayFinding[] {
  return isReadableOnItsWay(address)
    ? [
        warning(
          'https',
          `${address} is plain http. Others on the way can read this device's access token, and the app can't keep notes there.`,
          'Use https, or a tailnet.',
        ),
      ]
    : [];
}

function judgeClock(answer: Asked, now: number): readonly WayFinding[] {
  const said = timeTextToMs(answer.header('date') ?? '');
  if (said === null) return [];
  const seconds = Math.round((now - said) / 1_000);
  if (Math.abs(seconds) * 1_000 <= clockToleranceMs)
    return [good('clock', "This device's clock agrees with the server's.")];
  return [
    warning(
      'clock',
      `This device's clock is ${Math.abs(seconds)} seconds ${seconds > 0 ? 'ahead of' : 'behind'} the server's.`,
      'Let both be set over the network. A wrong clock can put changes in the wrong order.',
    ),
  ];
}

async function judgeLogin(way: ExaminedWay): Promise<WayFinding> {
  const answer = await ask(way, { path: paths.session });
  const body = await readAnswer(answer).catch(() => null);
  const session =
    answer.isServers && answer.status === 200 && body !== null
      ? v.safeParse(sessionMessage, bytesToJson(body))
      : null;
  if (session?.success === true)
    return good('login', `The server knows this device as ${session.output.name}.`);
  const what = answer.isServers
    ? `The server at ${way.address} doesn't let this device in (HTTP ${answer.status}).`
    : `A login in front of ${way.address} doesn't let this device through (HTTP ${answer.status}).`;
  return problem('login', what, 'Sign in first. The rest was not looked at.');
}

async function judgeVersion(way: ExaminedWay): Promise<WayFinding> {
  const answer = await ask(way, { path: paths.log });
  const parsed = v.safeParse(logMessage, bytesToJson((await readAnswer(answer)) ?? new Uint8Array()));
  if (!parsed.success)
    return problem(
      'version',
      `${way.address} sent an answer that Dataans doesn't understand.`,
      'Check whether a proxy in between changes responses.',
    );
  const { min, max } = parsed.output.protocol;
  if (min <= protocolVersions.max && max >= protocolVersions.min)
    return good('version', 'This Dataans and the server speak the same protocol.');
  return problem(
    'version',
    'This Dataans and the server are too far apart in version.',
    min > protocolVersions.max ? 'Update Dataans on this device.' : 'Update the server.',
  );
}

async function tryEvents(way: ExaminedWay): Promise<WayFinding> {
  try {
    const answer = await ask(way, { path: paths.events, withinMs: firstEventMs });
    const first = await answer.body[Symbol.asyncIterator]().next();
    await answer.cancel();
    if (answer.isServers && answer.status === 200 && first.done !== true)
      return good('events', 'News of other devices arrives at once.');
    return problem(
      'events',
      `The event stream is answered with HTTP ${answer.status}.`,
      `Let what stands in front of the server pass ${paths.events} on.`,
    );
  } catch {
    return problem(
      'events',
      'No event arrived in time. Something on the way holds the stream back, so that changes of other devices come late.',
      `Switch buffering off for ${paths.events} in what stands in front of the server (nginx: proxy_buffering off).`,
    );
  }
}

async function trySize(way: ExaminedWay): Promise<WayFinding> {
  const body = new Uint8Array(limits.chunkBytesMax);
  const limit =
    'Raise the limit of what stands in front of the server to 2 MB (nginx: client_max_body_size 2m).';
  try {
    const answer = await ask(way, { method: 'PUT', path: paths.chunk(noChunk), body });
    await answer.cancel();
    return answer.isServers
      ? good('size', 'The largest request gets through.')
      : problem(
          'size',
          `Something on the way refuses large requests (HTTP ${answer.status}), so that files can't be sent.`,
          limit,
        );
  } catch {
    return problem('size', "A large request broke off on the way, so that files can't be sent.", limit);
  }
}

function good(about: WayFinding['about'], sentence: string): WayFinding {
  return { about, state: 'good', sentence, advice: null };
}

function warning(about: WayFinding['about'], sentence: string, advice: string): WayFinding {
  return { about, state: 'warning', sentence, advice };
}

function problem(about: WayFinding['about'], sentence: string, advice: string | null): WayFinding {
  return { about, state: 'problem', sentence, advice };
}
