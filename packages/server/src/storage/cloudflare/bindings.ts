/** What a Durable Object has of its own. */
export interface ObjectState {
  readonly storage: ObjectStorage;
  /** Takes a socket that lasts while the object sleeps. */
  acceptWebSocket(socket: ObjectSocket): void;
  /** Those that are open. */
  getWebSockets(): readonly ObjectSocket[];
}

export interface ObjectStorage {
  readonly sql: {
    exec(
      statement: string,
      ...values: readonly (number | string | Uint8Array | null)[]
    ): {
      toArray(): readonly Readonly<Record<string, unknown>>[];
    };
    readonly databaseSize: number;
  };
  /** What the work throws undoes all of it. */
  transactionSync<Result>(work: () => Result): Result;
}

export interface ObjectSocket {
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

/** The end of a socket that a Worker has. */
export interface WorkerSocket extends ObjectSocket {
  accept(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
}

/** The objects of one class. */
export interface ObjectNamespace<Stub> {
  idFromName(name: string): ObjectId;
  get(id: ObjectId): Stub;
}

export interface ObjectId {
  readonly name?: string;
}

/** A bucket of R2. */
export interface Bucket {
  head(key: string): Promise<BucketObject | null>;
  get(key: string, options?: { readonly range?: BucketRange }): Promise<BucketObjectBody | null>;
  /** `null` if the condition does not hold. */
  put(
    key: string,
    bytes: Uint8Array<ArrayBuffer>,
    options: { readonly onlyIf?: { readonly etagDoesNotMatch: string }; readonly sha256: string },
  ): Promise<BucketObject | null>;
  list(options: {
    readonly prefix: string;
    readonly startAfter?: string;
    readonly limit: number;
  }): Promise<{ readonly objects: readonly BucketObject[]; readonly truncated: boolean }>;
}

export type BucketRange = { readonly offset: number; readonly length?: number } | { readonly suffix: number };

interface BucketObject {
  readonly key: string;
  readonly size: number;
}

interface BucketObjectBody extends BucketObject {
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
}
