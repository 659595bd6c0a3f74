import { OperatorError } from '../operator-error.ts';
import { isSqliteFull } from '../storage/sqlite/sqlite-error.ts';
import { asDiskError } from '../storage/disk/disk-error.ts';
import { StorageFullError } from '../stores/storage-full.ts';
import { SourceError } from '../stores/source-error.ts';
import { errorText } from '../system-error.ts';

/** Waits for work; a failure of the system becomes a sentence with why, what is left of it, and what to do. */
export async function explainFailure<Result>(
  work: Promise<Result>,
  failed: string,
  consequence: string,
): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    if (error instanceof SourceError)
      throw new OperatorError(
        `${failed}: ${error.message} ${consequence}. ${error.advice}, then run it again.`,
        { cause: error },
      );
    const isFull = isSqliteFull(error) || asDiskError(error) instanceof StorageFullError;
    throw new OperatorError(
      `${failed}: ${isFull ? 'no space left' : errorText(error)}. ${consequence}. ${isFull ? 'Free up space' : 'Check that both folders can be read and written'}, then run it again.`,
      { cause: error },
    );
  }
}
