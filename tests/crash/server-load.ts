import assert from 'node:assert/strict';
import {
  bytesToBase64url,
  bytesToHex,
  encodeFrames,
  framesMediaType,
  hashToChunkName,
  hexToBytes,
  limits,
  parseProblem,
  paths,
  serverHeader,
  utf8ToBytes,
  type AppendedMessage,
  type Frame,
} from '@dataans/core';
import type { Chance } from '../world/chance.ts';
import { sha256Hex, type SentBatch, type ServerLedger } from './server-ledger.ts';

export interface ServerLoad {
  /** Waits for so many more answers, or for the end of the server. */
  waitForAnswers(count: number): Promise<void>;
  /** Resolves when nothing more is taken; rejects where anything was refused for another reason. */
  readonly ended: Promise<void>;
  /** Sends nothing more after what is on its way. */
  stop(): void;
}

const batchWriters = 3;

/**
 * Devices that send chunks, batches and account records as fast as they are answered, until the server is
 * gone or, which it says with 507, its disk is full. Where another server may answer the next time they go on until
 * they are stopped, except the one with account records: without an answer it does not know which is the last one.
 */
export function startServerLoad(
  address: string,
  ledger: ServerLedger,
  chance: Chance,
  { goesOn = false }: { readonly goesOn?: boolean } = {},
): ServerLoad {
  let answers = 0;
  const stopping = new AbortController();
  const waiting = new Set<() => void>();
  const untilGone = async (write: () => Promise<boolean>, goesOnThen = goesOn): Promise<void> => {
    while (!stopping.signal.aborted) {
      const isAnswered = await write();
      if (!isAnswered && !goesOnThen) return;
      if (!isAnswered) continue;
      answers += 1;
      for (const wake of waiting) wake();
    }
  };
  const writers = [
    untilGone(() => writeAccount(address, ledger, chance), false),
    untilGone(() => writeChunk(address, ledger, chance)),
    ...Array.from({ length: batchWriters }, () => untilGone(() => writeBatch(address, ledger, chance))),
  ];
  const ended = Promise.all(writers).then(() => undefined);
  return {
    ended,
    stop: () => {
      stopping.abort();
    },
    waitForAnswers: async (count) => {
      const enough = answers + count;
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = (): void => {
        if (answers >= enough) resolve();
      };
      waiting.add(look);
      look();
      await Promise.race([promise, ended]);
      waiting.delete(look);
    },
  };
}

async function writeBatch(address: string, ledger: ServerLedger, chance: Chance): Promise<boolean> {
  const frames = Array.from({ length: chance.between(1, 40) }, (): Frame => {
    const body = chance.bytes(chance.between(limits.envelopeBytesMin, 2_000));
    return { kind: 'envelope', id: chance.bytes(16), body };
  });
  const batch: SentBatch = new Map(frames.map(({ id, body }) => [bytesToHex(id), sha256Hex(body)]));
  ledger.unanswered.add(batch);
  const answer = await send(`${address}${paths.operations}`, {
    method: 'POST',
    headers: { 'content-type': framesMediaType },
    body: encodeFrames(frames),
  });
  if (answer === null) return false;
  const { head, chain } = JSON.parse(answer.text) as AppendedMessage; // Compared with the log after the crash.
  ledger.unanswered.delete(batch);
  ledger.chainBySeq.set(head, chain);
  for (const [id, hash] of batch) ledger.acknowledged.set(id, hash);
  return true;
}

async function writeChunk(address: string, ledger: ServerLedger, chance: Chance): Promise<boolean> {
  const chunk = chance.bytes(chance.between(1, chance.happens(1 / 10) ? limits.chunkBytesMax : 50_000));
  const name = hashToChunkName(hexToBytes(sha256Hex(chunk)) ?? new Uint8Array());
  const answer = await send(`${address}${paths.chunk(name)}`, { method: 'PUT', body: chunk });
  if (answer !== null) ledger.chunks.add(name);
  return answer !== null;
}

/** Each record takes the place of the one before, as a change of the password would. */
async function writeAccount(address: string, ledger: ServerLedger, chance: Chance): Promise<boolean> {
  const before = [...ledger.accounts][0] ?? null;
  const kdf = { name: 'PBKDF2-HMAC-SHA-256', iterations: limits.kdfIterations };
  const record = { version: 1, kdf, keyring: bytesToBase64url(chance.bytes(100)) };
  const body = utf8ToBytes(JSON.stringify(record));
  const etag = `"${sha256Hex(body)}"`;
  ledger.accounts.add(etag);
  const condition = before === null ? { 'if-none-match': '*' } : { 'if-match': before };
  const headers = { 'content-type': 'application/json', ...condition };
  const answer = await send(`${address}${paths.account}`, { method: 'PUT', headers, body });
  if (answer === null) return false;
  assert.equal(answer.etag, etag);
  ledger.accounts.delete(before);
  return true;
}

interface Request {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** `null` where the server has no room or cannot be had just now, or was gone before the whole answer had come. */
async function send(url: string, { method, headers = {}, body }: Request) {
  let answer;
  let text;
  try {
    // Nothing here makes a view of shared memory, the only kind that fetch refuses.
    answer = await fetch(url, { method, headers, body: body as Uint8Array<ArrayBuffer> });
    text = await answer.text();
  } catch {
    return null;
  }
  const problem = parseProblem(parseJson(text));
  if (problem?.code === 'storage-full' || problem?.code === 'unavailable' || isOfGateway(answer)) return null;
  assert.ok(answer.ok, `${method} ${url} was answered with ${answer.status}: ${text}`);
  return { text, etag: answer.headers.get('etag') };
}

/** What is in front of servers says so if the one that it asked is not there. */
function isOfGateway({ status, headers }: Response): boolean {
  return status === 502 && !headers.has(serverHeader);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // What has no body.
  }
}
