import { AwsClient } from 'aws4fetch';
import type { S3Place } from '../../chunks/chunk-place.ts';
import { StorageFullError } from '../../stores/storage-full.ts';
import { StorageUnavailableError } from '../../stores/storage-unavailable.ts';

const attemptsMax = 4;
const firstWaitMs = 100;

/** Until the first byte of an answer; a chunk has long been sent by then. */
const answerTimeoutMs = 20_000;

/** What a caller can make sense of. Anything else is a failure. */
const answers: ReadonlySet<number> = new Set([200, 201, 204, 206, 404, 412, 416, 501]);

/** What goes away: the bucket is overloaded, or two put the same chunk at once. Servers have used 409 for that. */
const passing: ReadonlySet<number> = new Set([408, 409, 429, 500, 502, 503, 504]);

export interface BucketRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT';
  /** Of the object; empty for the bucket. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
}

/** Whoever gets an answer reads its body to the end, or cancels it. Status: see `answers`. */
export type AskBucket = (request: BucketRequest) => Promise<Response>;

/** What a bucket says when it does not do what it is asked. */
export class BucketError extends Error {
  override readonly name = 'BucketError';
  readonly status: number;
  /** Such as `AccessDenied`; empty if the bucket gave none. */
  readonly code: string;

  constructor(status: number, code: string) {
    super(`The bucket answered ${status}${code === '' ? '' : ` (${code})`}.`);
    this.status = status;
    this.code = code;
  }
}

export interface Surroundings {
  readonly fetch: typeof fetch;
  readonly wait: (ms: number) => Promise<void>;
  /** From 0 to 1. */
  readonly random: () => number;
}

/**
 * Signs requests and repeats those that failed for a reason that passes, which each may be: a chunk is the same whoever
 * puts it. Rejects with `StorageUnavailableError` or `StorageFullError`, and never names an object. // SRV-27, SRV-92
 */
export function createAskBucket(place: S3Place, { fetch, wait, random }: Surroundings): AskBucket {
  const signer = new AwsClient({
    accessKeyId: place.keyId,
    secretAccessKey: place.secret,
    service: 's3',
    region: place.region,
  });
  const root = `${place.endpoint.origin}/${place.bucket}`;

  const tryOnce = async ({ method, key, query, headers, body }: BucketRequest): Promise<Response> => {
    const url = `${root}${key === '' ? '' : `/${key}`}${query === undefined ? '' : `?${new URLSearchParams(query)}`}`;
    const signed = await signer.sign(url, {
      method,
      headers: { 'x-amz-content-sha256': emptySha256, ...headers },
      ...(body !== undefined && { body }),
    });
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(new Error('The bucket did not answer.')), answerTimeoutMs);
    try {
      return await fetch(signed, { redirect: 'manual', signal: timeout.signal });
    } finally {
      clearTimeout(timer);
    }
  };

  return async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await tryOnce(request).then(judge, failPassing);
      if (outcome.ok) return outcome.response;
      if (!outcome.passes || attempt === attemptsMax) throw asStorageError(outcome.error);
      await wait(firstWaitMs * 2 ** (attempt - 1) * (0.5 + random() / 2));
    }
  };
}

/** SHA-256 of nothing. */
const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

type Outcome =
  | { readonly ok: true; readonly response: Response }
  | { readonly ok: false; readonly error: unknown; readonly passes: boolean };

function failPassing(error: unknown): Outcome {
  return { ok: false, error, passes: true };
}

async function judge(response: Response): Promise<Outcome> {
  const { status } = response;
  const isMissing = status === 404;
  if (answers.has(status) && !isMissing) return { ok: true, response };
  const code = /<Code>(\w{1,80})<\/Code>/.exec(await response.text())?.[1] ?? '';
  if (isMissing && code !== 'NoSuchBucket')
    return { ok: true, response: new Response(null, { status, headers: response.headers }) };
  return { ok: false, error: new BucketError(status, code), passes: passing.has(status) };
}

function asStorageError(error: unknown): Error {
  const isFull =
    error instanceof BucketError && (error.status === 507 || /Quota|StorageFull/.test(error.code));
  return isFull ? new StorageFullError(error) : new StorageUnavailableError(error);
}
