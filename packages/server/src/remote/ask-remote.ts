import { serverHeader, type ProblemCode } from '@dataans/core';
import { SourceError } from '../stores/source-error.ts';
import { whyNotReached } from '../why-not-reached.ts';
import { explainAnswer, problemOf } from './explain-answer.ts';
import { accessHeaders, type RemoteAccess } from './remote-access.ts';

const attemptsMax = 4;
const firstWaitMs = 500;

/** Of a whole answer: at most a megabyte, over the slowest line that a backup makes sense on. */
const answerTimeoutMs = 120_000;

/** What goes away: the server or what is in front of it starts again, or has too much to do. */
const passing: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

export interface RemotePlace {
  /** `http(s)://host…` without a slash at its end. */
  readonly address: string;
  readonly access: RemoteAccess;
}

export interface Surroundings {
  readonly fetch: typeof fetch;
  readonly wait: (ms: number) => Promise<void>;
}

/** Reads at most so many bytes of an answer. All reject with `SourceError`. */
export interface AskRemote {
  /** @param path below the address of the server, with its query */
  ask(path: string, bytesMax: number): Promise<Uint8Array<ArrayBuffer>>;
  /** `null` where the server refuses with this code. */
  askUnless(refusal: ProblemCode, path: string, bytesMax: number): Promise<Uint8Array<ArrayBuffer> | null>;
}

/** Reads of a server over HTTP; what failed for a reason that passes is asked for again. */
export function createAskRemote({ address, access }: RemotePlace, { fetch, wait }: Surroundings): AskRemote {
  const tryOnce = async (path: string, bytesMax: number): Promise<Outcome> => {
    const answer = await fetch(address + path, {
      headers: accessHeaders(access),
      redirect: 'manual',
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    const bytes = await readAtMost(answer, bytesMax);
    if (bytes === null) return { ok: false, code: null, error: tooMuch(address, bytesMax), passes: false };
    const { status, headers } = answer;
    const answered = { address, access: access.kind, status, headers, bytes };
    if (status === 200 && headers.has(serverHeader)) return { ok: true, bytes };
    const code = problemOf(answered)?.code ?? null;
    return { ok: false, code, error: explainAnswer(answered), passes: passing.has(status) };
  };
  const fail = (error: unknown): Outcome => ({
    ok: false,
    code: null,
    error: new SourceError(
      whyNotReached(new URL(address), error),
      'Check the address, the network, and that the server runs',
      error,
    ),
    passes: true,
  });

  const askOften = async (path: string, bytesMax: number): Promise<Outcome> => {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await tryOnce(path, bytesMax).catch(fail);
      if (outcome.ok || !outcome.passes || attempt === attemptsMax) return outcome;
      await wait(firstWaitMs * 2 ** (attempt - 1));
    }
  };
  return {
    ask: async (path, bytesMax) => {
      const outcome = await askOften(path, bytesMax);
      if (outcome.ok) return outcome.bytes;
      throw outcome.error;
    },
    askUnless: async (refusal, path, bytesMax) => {
      const outcome = await askOften(path, bytesMax);
      if (outcome.ok) return outcome.bytes;
      if (outcome.code === refusal) return null;
      throw outcome.error;
    },
  };
}

type Outcome =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  | {
      readonly ok: false;
      /** Of the server's problem document; `null` if there is none. */
      readonly code: ProblemCode | null;
      readonly error: SourceError;
      readonly passes: boolean;
    };

/** `null` where it is more. */
async function readAtMost({ body }: Response, bytesMax: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    length += piece.length;
    if (length > bytesMax) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function tooMuch(address: string, bytesMax: number): SourceError {
  return new SourceError(
    `${address} sent a larger answer than expected (over ${bytesMax} bytes), so it was ignored.`,
    'Check what stands in front of the server',
  );
}
