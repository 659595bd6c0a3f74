import { DataansError, serverHeader, type Problem } from '@dataans/core';
import { accessHeaders, type Access } from './access.ts';
import type { Clock } from '../platform/clock.ts';
import type { Randomness } from '../platform/randomness.ts';
import { timeTextToMs } from '../platform/time-text.ts';
import type { Transport, TransportRequest, TransportResponse } from '../platform/transport.ts';
import { backOffMs } from './back-off.ts';
import { explainUnreachable, isPassingFault } from './connection-faults.ts';
import { startIdleWatch, type IdleWatch } from './idle-watch.ts';
import {
  explainProblem,
  isPassingProblem,
  judgeOrigin,
  readProblem,
  type AnswerFacts,
} from './judge-answer.ts';
import { readBody, readBodyInto } from './read-body.ts';

export interface Question {
  readonly method: TransportRequest['method'];
  /** Below the address of the server, with its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** More than this of an answer is not read. */
  readonly bytesMax: number;
  /** Where the body is read into, of `bytesMax` bytes at least; a new array unless told. */
  readonly buffer?: Uint8Array;
}

/** A whole answer that a Dataans server gave, whatever its status. */
export interface Answer extends AnswerFacts {
  readonly body: Uint8Array;
  /** What it refused; `null` where it did as it was asked, or says nothing that can be read. */
  readonly problem: Problem | null;
}

/** An answer that a Dataans server began, doing as it was asked, and goes on with. */
export interface OpenAnswer {
  readonly facts: AnswerFacts;
  readonly body: AsyncIterable<Uint8Array>;
  readonly watch: IdleWatch;
}

export interface ExchangeDependencies {
  /** `http(s)://host…` without a slash at its end. */
  readonly address: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** Read anew for each request. */
  readonly access: () => Access;
  /** What a person types to sign in to this server. Default: there is no command line. */
  readonly signInCommand?: string;
}

export interface Exchange {
  /** Asks, a few times where a fault may pass: every question of the protocol can be asked twice. // SYN-4 */
  ask(question: Question, signal: AbortSignal): Promise<Answer>;
  /** Asks once, and hands on the body while it arrives; it may be silent for `idleMs`. */
  open(question: Question, idleMs: number, signal: AbortSignal): Promise<OpenAnswer>;
  /** The server's clock by its last answer less ours then, in milliseconds; `null` before the first. */
  clockOffsetMs(): number | null;
}

const attemptsMax = 3;
const pauseBounds = { firstMs: 200, maxMs: 2_000 };
const idleMs = 30_000;
const slowestBytesPerMs = 8;
const errorBytesMax = 16 * 1024;

export function createExchange(dependencies: ExchangeDependencies): Exchange {
  const { address, clock, randomness } = dependencies;
  const sender = createSender(dependencies);
  const askOnce = createAskOnce(dependencies, sender.send);
  return {
    ask: async (question, signal) => {
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await askOnce(question, signal).catch((error: unknown) => ({ error }));
        signal.throwIfAborted();
        const last = attempt === attemptsMax;
        if (!('error' in outcome)) {
          if (last || !isPassingProblem(outcome.problem)) return outcome;
        } else if (outcome.error instanceof DataansError) throw outcome.error;
        else if (last || !isPassingFault(outcome.error)) throw explainUnreachable(address, outcome.error);
        await clock.sleep(backOffMs(attempt, pauseBounds, randomness), signal);
      }
    },
    open: createOpen(dependencies, sender.send),
    clockOffsetMs: sender.clockOffsetMs,
  };
}

/** Sends a request and gets the beginning of an answer, of whoever answers. */
type Send = (
  question: Question,
  attempt: Attempt,
) => Promise<{ readonly facts: AnswerFacts; readonly response: TransportResponse }>;

function createSender({
  address,
  transport,
  clock,
  access,
  signInCommand,
}: ExchangeDependencies): Pick<Exchange, 'clockOffsetMs'> & { readonly send: Send } {
  let offsetMs: number | null = null;
  const noteTime = (response: TransportResponse): void => {
    const date = response.header('date');
    const serverMs = date === null ? null : timeTextToMs(date);
    if (serverMs !== null) offsetMs = serverMs - clock.now();
  };
  return {
    clockOffsetMs: () => offsetMs,
    send: async (question, { watch, signal }) => {
      const credential = access();
      const response = await transport({
        method: question.method,
        url: address + question.path,
        headers: { ...question.headers, ...accessHeaders(credential) },
        body: question.body ?? null,
        signal,
      });
      watch.touch();
      if (response.header(serverHeader) !== null) noteTime(response);
      const { status, header } = response;
      const facts = {
        address,
        credential: credential.kind,
        signInCommand: signInCommand ?? null,
        status,
        header,
      };
      return { facts, response };
    },
  };
}

function createAskOnce({ address, clock }: ExchangeDependencies, send: Send) {
  return async (question: Question, signal: AbortSignal): Promise<Answer> => {
    const attempt = startAttempt(clock, idleMs + (question.body?.length ?? 0) / slowestBytesPerMs, signal);
    try {
      const { facts, response } = await send(question, attempt);
      requireServer(facts, attempt);
      const isDone = facts.status < 400;
      const bytesMax = isDone ? question.bytesMax : errorBytesMax;
      const body =
        question.buffer !== undefined && isDone
          ? await readBodyInto(response, question.buffer, attempt.watch.touch)
          : await readBody(response, bytesMax, attempt.watch.touch);
      if (body === null) throw tooMuch(address, bytesMax);
      return { ...facts, body, problem: isDone ? null : readProblem(body) };
    } finally {
      attempt.watch.stop();
    }
  };
}

function createOpen({ address, clock }: ExchangeDependencies, send: Send): Exchange['open'] {
  return async (question, silenceMs, signal) => {
    const attempt = startAttempt(clock, silenceMs, signal);
    try {
      const { facts, response } = await send(question, attempt);
      requireServer(facts, attempt);
      if (facts.status >= 400) {
        const body = await readBody(response, errorBytesMax, attempt.watch.touch);
        throw explainProblem(facts, body === null ? null : readProblem(body));
      }
      return { facts, body: response.body, watch: attempt.watch };
    } catch (error) {
      attempt.watch.stop();
      signal.throwIfAborted();
      throw error instanceof DataansError ? error : explainUnreachable(address, error);
    }
  };
}

/** Ends the attempt if somebody else answered. */
function requireServer(facts: AnswerFacts, attempt: Attempt): void {
  const origin = judgeOrigin(facts);
  if (origin === null) return;
  attempt.abort();
  throw origin;
}

interface Attempt {
  readonly watch: IdleWatch;
  readonly signal: AbortSignal;
  abort(): void;
}

/** A signal of its own for one attempt, which ends with the caller's or after a silence. */
function startAttempt(clock: Clock, silenceMs: number, signal: AbortSignal): Attempt {
  const silent = new AbortController();
  const watch = startIdleWatch(clock, silenceMs, () => {
    silent.abort(new SilenceError());
  });
  return {
    watch,
    signal: AbortSignal.any([signal, silent.signal]),
    abort: () => {
      silent.abort();
    },
  };
}

class SilenceError extends Error {
  override readonly name = 'SilenceError';
  readonly code = 'ETIMEDOUT';
}

function tooMuch(address: string, bytesMax: number): DataansError {
  return new DataansError(
    'server-failed',
    `${address} sent a larger answer than expected (over ${bytesMax} bytes), so it was ignored.`,
  );
}
