import type { Clock } from '../platform/clock.ts';
import type { Transport, TransportRequest } from '../platform/transport.ts';

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

/** A transport that gives these answers one after another, the last one for good; an error is thrown. */
export function scriptTransport(...answers: readonly (ScriptedAnswer | Error)[]) {
  const requests: TransportRequest[] = [];
  const transport: Transport = (request) => {
    requests.push(request);
    const answer = answers[Math.min(requests.length, answers.length) - 1];
    if (answer === undefined || answer instanceof Error)
      return Promise.reject(answer ?? new Error('There is no answer.'));
    const { status = 200, headers = {}, body = '' } = answer;
    return Promise.resolve({ status, header: (name) => headers[name] ?? null, body: piecesOf(body) });
  };
  return { transport, requests };
}

/** The headers by which an answer is one of a Dataans server. */
export const marked: Readonly<Record<string, string>> = { dataans: '1' };

async function* piecesOf(body: Uint8Array | string): AsyncGenerator<Uint8Array> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  for (let start = 0; start < bytes.length; start += pieceBytes)
    yield bytes.subarray(start, start + pieceBytes);
}

const pieceBytes = 1_000;

/** Short pauses pass at once; long ones, which stand for giving up, last until they are ended. */
export function createHastyClock(): Clock & { readonly pauses: number[] } {
  const pauses: number[] = [];
  return {
    pauses,
    now: () => 1_795_344_000_000,
    sleep: (ms, signal) => {
      if (ms < longestPauseMs) {
        pauses.push(ms);
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        if (signal?.aborted === true) resolve();
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
    },
  };
}

const longestPauseMs = 10_000;
