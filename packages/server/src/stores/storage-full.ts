/** Thrown by every store when no space is left. Nothing of the call was stored; the store stays usable. */
export class StorageFullError extends Error {
  override readonly name = 'StorageFullError';

  constructor(cause: unknown) {
    super('No space is left.', { cause });
  }
}
