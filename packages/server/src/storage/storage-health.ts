/** What the place that the server stores in has to say. */
export interface StorageHealth {
  readonly writable: boolean;
  /** Bytes that can still be stored; `null` where nobody knows. */
  readonly freeBytes: number | null;
}
