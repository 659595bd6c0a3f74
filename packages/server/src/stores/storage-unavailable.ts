/**
 * Thrown by every store that cannot be reached or used just now: another process holds it, its disk reports a fault,
 * its server is away. Nothing of the call was stored, as far as anybody can know; a later one may go through.
 */
export class StorageUnavailableError extends Error {
  override readonly name = 'StorageUnavailableError';

  constructor(cause: unknown) {
    super('The storage cannot be used just now.', { cause });
  }
}
