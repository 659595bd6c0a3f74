import * as v from 'valibot';

/** Public keys as somebody published them. */
export interface PublishedKeys {
  /** Where they are from: the address, or the issuer that says where. */
  readonly source: string;
  /** Milliseconds since 1970. */
  readonly fetched: number;
  /** The members of a JSON Web Key Set. Whoever reads them back judges them again. */
  readonly keys: unknown;
}

export const publishedKeysShape = v.object({ source: v.string(), fetched: v.number(), keys: v.unknown() });

/** The last good keys, over a restart. What is lost is fetched again. */
export interface KeptKeys {
  /** `null` where there are none, or none that can be read. */
  read(): Promise<PublishedKeys | null>;
  write(keys: PublishedKeys): Promise<void>;
}

/** Keys that last as long as the process: for tests. */
export function createMemoryKeptKeys(): KeptKeys {
  let kept: PublishedKeys | null = null;
  return {
    read: async () => kept,
    write: async (keys) => {
      kept = keys;
    },
  };
}
