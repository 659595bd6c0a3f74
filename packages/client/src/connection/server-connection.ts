import {
  accountHeader,
  appendedMessage,
  bytesToHex,
  bytesToJson,
  chunkNamesMessage,
  DataansError,
  decodeFrames,
  framesMediaType,
  headHeader,
  hexToBytes,
  limits,
  logMessage,
  operationIdsMessage,
  paths,
  positionMessage,
  protocolVersions,
  sessionMessage,
  utf8ToBytes,
  type AppendedMessage,
  type ChunkName,
  type Frame,
  type HeadMessage,
  type LogId,
  type LogMessage,
  type OperationId,
  type SessionMessage,
} from '@dataans/core';
import * as v from 'valibot';
import type { Access } from './access.ts';
import { createAccountConnection, type AccountConnection } from './account-connection.ts';
import { createExchange, type Answer, type Exchange, type ExchangeDependencies } from './exchange.ts';
import { readHeads } from './head-events.ts';
import { explainProblem } from './judge-answer.ts';
import { requireDone } from './require-done.ts';
import { renewRefused, type RenewalDependencies } from './renew-refused.ts';

/** A page of the log, and how long the log was when it was read. */
export interface Page {
  readonly frames: readonly Frame[];
  readonly head: number;
}

/** What became of a batch. A refused one is not stored, no part of it. */
export type Appended =
  | { readonly ok: true; readonly appended: AppendedMessage }
  /** The server says that its log is another one. */
  | { readonly ok: false; readonly code: 'log-diverged' }
  /** Its account record is another than the named one. */
  | { readonly ok: false; readonly code: 'account-changed' }
  | {
      readonly ok: false;
      readonly code: 'too-large' | 'operation-conflict' | 'storage-full' | 'over-quota';
      readonly error: DataansError;
    };

/** What became of one chunk. */
export type ChunkStored =
  | { readonly ok: true }
  /** The server says that its log is another one. */
  | { readonly ok: false; readonly code: 'log-diverged' }
  | {
      readonly ok: false;
      readonly code: 'too-large' | 'storage-full' | 'over-quota';
      readonly error: DataansError;
    };

/**
 * The protocol as a device speaks it. Every answer is checked for being one of a Dataans server, for
 * its size and its shape; what a server says about the log is not yet proven: the engine does that.
 * All reject with a DataansError, or with the signal's reason.
 */
export interface ServerConnection extends AccountConnection {
  readonly address: string;
  /** The credential that the next request goes with. The same object as long as it is the same. */
  access(): Access;
  /** Who the server thinks is calling, and until when. */
  readSession(signal?: AbortSignal): Promise<SessionMessage>;
  /** Also checks that this program and the server speak a common version of the protocol. */
  readLog(signal?: AbortSignal): Promise<LogMessage>;
  /** Frames behind `after`; `null` where the server says that its log is not the one with this chain there. */
  readPage(range: PageRange, signal?: AbortSignal): Promise<Page | null>;
  /** The chain at a place of the log; `null` where the log does not reach it. */
  chainAt(seq: number, signal?: AbortSignal): Promise<Uint8Array | null>;
  /**
   * Nothing is stored where the server's log is not this one.
   *
   * @param account hash of the account record that the server must have; any if it is empty // SRV-70
   */
  append(log: LogId, frames: Uint8Array, signal?: AbortSignal, account?: string): Promise<Appended>;
  /** Those of at most `missingNamesMax` ids that the log has not. */
  missingOperations(ids: readonly OperationId[], signal?: AbortSignal): Promise<readonly OperationId[]>;
  /** Those of at most `missingNamesMax` names that the server has not; `null` where its log is not this one. */
  missingChunks(
    log: LogId,
    names: readonly ChunkName[],
    signal?: AbortSignal,
  ): Promise<readonly ChunkName[] | null>;
  /** Nothing is stored where the server's log is not this one. */
  putChunk(log: LogId, name: ChunkName, sealed: Uint8Array, signal?: AbortSignal): Promise<ChunkStored>;
  /**
   * As it came: the caller compares its hash with the name. `null` where the server has it not.
   *
   * @param buffer of `chunkBytesMax` bytes, which the chunk is then a view of
   */
  readChunk(name: ChunkName, signal?: AbortSignal, buffer?: Uint8Array): Promise<Uint8Array | null>;
  /** The head now and at each change, until the signal aborts or the stream ends. */
  heads(signal: AbortSignal): AsyncIterable<HeadMessage>;
  /** The server's clock less ours in milliseconds, by its last answer; `null` before the first. */
  clockOffsetMs(): number | null;
  /** Hash of the server's account record by its last page or acknowledgement; empty for none, `null` before the first. */
  accountTag(): string | null;
}

export interface PageRange {
  /** The log that the server must have. */
  readonly log: LogId;
  readonly after: number;
  /** The chain at `after`, for the server to compare; `null` asks for no comparison. */
  readonly chain: Uint8Array | null;
  readonly limit: number;
}

const jsonMediaType = 'application/json';
const chunkMediaType = 'application/octet-stream';
const smallBytesMax = limits.jsonBodyBytesMax;
const heartbeatsMissedMs = 60_000;
const never = new AbortController().signal;

export function createServerConnection(
  dependencies: ExchangeDependencies & RenewalDependencies,
): ServerConnection {
  const { address } = dependencies;
  const exchange = renewRefused(createExchange(dependencies), dependencies);
  const { get, postJson } = createQuestions(exchange);
  return {
    address,
    access: dependencies.access,
    readSession: async (signal = never) =>
      readJson(sessionMessage, requireDone(await get(paths.session, smallBytesMax, signal))),
    readLog: async (signal = never) => {
      const log = readJson(logMessage, requireDone(await get(paths.log, smallBytesMax, signal)));
      requireCommonVersion(address, log.protocol);
      return log;
    },
    ...createAccountConnection(exchange, address),
    ...createLogConnection(exchange, address),
    chainAt: async (seq, signal = never) => {
      const answer = await get(paths.logAt(seq), smallBytesMax, signal);
      if (answer.problem?.code === 'not-found') return null;
      const position = readJson(positionMessage, requireDone(answer));
      if (position.seq !== seq) throw notUnderstood(answer);
      return hexToBytes(position.chain);
    },
    missingOperations: async (ids, signal = never) => {
      const answer = await postJson(paths.operationsMissing, { ids }, signal);
      return readJson(operationIdsMessage, requireDone(answer)).ids;
    },
    ...createChunkConnection(exchange),
    heads: (signal) => readHeads(exchange, heartbeatsMissedMs, signal),
    clockOffsetMs: exchange.clockOffsetMs,
  };
}

function createQuestions(exchange: Exchange) {
  return {
    get: (path: string, bytesMax: number, signal: AbortSignal): Promise<Answer> =>
      exchange.ask({ method: 'GET', path, bytesMax }, signal),
    postJson: (path: string, question: object, signal: AbortSignal): Promise<Answer> => {
      const headers = { 'content-type': jsonMediaType };
      const body = utf8ToBytes(JSON.stringify(question));
      return exchange.ask({ method: 'POST', path, headers, body, bytesMax: smallBytesMax }, signal);
    },
  };
}

/** Pages and batches, and the hash of the account record that comes with each. */
function createLogConnection(
  exchange: Exchange,
  address: string,
): Pick<ServerConnection, 'readPage' | 'append' | 'accountTag'> {
  let heardTag: string | null = null;
  const hearTag = (answer: Answer, named = ''): void => {
    heardTag = answer.header(accountHeader) ?? named;
  };
  return {
    readPage: async ({ log, after, chain, limit }, signal = never) => {
      const compared = chain === null ? '' : `&chain=${bytesToHex(chain)}`;
      const path = `${paths.operations}?after=${after}${compared}&limit=${limit}&log=${log}`;
      const answer = await exchange.ask({ method: 'GET', path, bytesMax: limits.batchBytesMax }, signal);
      if (answer.problem?.code === 'log-diverged') return null;
      const decoded = decodeFrames(requireDone(answer).body);
      hearTag(answer);
      if (!decoded.ok) throw new DataansError('integrity', `${address} sent damaged data. ${decoded.reason}`);
      return { frames: decoded.frames, head: readHead(answer) };
    },
    append: async (log, frames, signal = never, account = '') => {
      const named = account === '' ? {} : { [accountHeader]: account };
      const headers = { 'content-type': framesMediaType, ...named };
      const path = `${paths.operations}?log=${log}`;
      const answer = await exchange.ask(
        { method: 'POST', path, headers, body: frames, bytesMax: smallBytesMax },
        signal,
      );
      const code = answer.problem?.code;
      if (code === 'log-diverged' || code === 'account-changed') return { ok: false, code };
      if (
        code === 'too-large' ||
        code === 'operation-conflict' ||
        code === 'storage-full' ||
        code === 'over-quota'
      )
        return { ok: false, code, error: explainProblem(answer, answer.problem) };
      hearTag(requireDone(answer), account);
      return { ok: true, appended: readJson(appendedMessage, requireDone(answer)) };
    },
    accountTag: () => heardTag,
  };
}

function createChunkConnection(
  exchange: Exchange,
): Pick<ServerConnection, 'missingChunks' | 'putChunk' | 'readChunk'> {
  const { postJson } = createQuestions(exchange);
  return {
    missingChunks: async (log, names, signal = never) => {
      const answer = await postJson(`${paths.chunksMissing}?log=${log}`, { names }, signal);
      if (answer.problem?.code === 'log-diverged') return null;
      return readJson(chunkNamesMessage, requireDone(answer)).names;
    },
    putChunk: async (log, name, sealed, signal = never) => {
      const headers = { 'content-type': chunkMediaType };
      const path = `${paths.chunk(name)}?log=${log}`;
      const answer = await exchange.ask(
        { method: 'PUT', path, headers, body: sealed, bytesMax: smallBytesMax },
        signal,
      );
      const code = answer.problem?.code;
      if (code === 'log-diverged') return { ok: false, code };
      if (code === 'too-large' || code === 'storage-full' || code === 'over-quota')
        return { ok: false, code, error: explainProblem(answer, answer.problem) };
      requireDone(answer);
      return { ok: true };
    },
    readChunk: async (name, signal = never, buffer = new Uint8Array(limits.chunkBytesMax)) => {
      const path = paths.chunk(name);
      const answer = await exchange.ask({ method: 'GET', path, bytesMax: buffer.length, buffer }, signal);
      return answer.problem?.code === 'not-found' ? null : requireDone(answer).body;
    },
  };
}

function readJson<Schema extends v.GenericSchema>(schema: Schema, answer: Answer): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, bytesToJson(answer.body));
  if (!parsed.success) throw notUnderstood(answer);
  return parsed.output;
}

function readHead(answer: Answer): number {
  const head = Number(answer.header(headHeader) ?? Number.NaN);
  if (!Number.isSafeInteger(head) || head < 0) throw notUnderstood(answer);
  return head;
}

function notUnderstood({ address }: Answer): DataansError {
  return new DataansError('server-failed', `${address} sent an answer Dataans doesn't understand.`, {
    advice: 'Check whether a proxy in between changes responses.',
  });
}

function requireCommonVersion(address: string, server: LogMessage['protocol']): void {
  if (server.min <= protocolVersions.max && server.max >= protocolVersions.min) return;
  const olderHere = server.min > protocolVersions.max;
  throw new DataansError(
    'server-refused',
    `This Dataans and the server at ${address} are too far apart in version (server: protocol ${server.min}–${server.max}, here: ${protocolVersions.min}–${protocolVersions.max}).`,
    { advice: olderHere ? 'Update Dataans on this device.' : 'Update the server.' },
  );
}
