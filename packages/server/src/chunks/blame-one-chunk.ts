import { errorText } from '../system-error.ts';
import type { ChunkSource } from './chunk-store.ts';

/**
 * Chunks of a place that may be away as a whole. If one cannot be read and the place answers another question, it is that chunk
 * alone, which all others must not wait for; otherwise what the question rejects with is what happened.
 */
export function blameOneChunk<Source extends Pick<ChunkSource, 'read'>>(
  chunks: Source,
  askAnother: () => Promise<unknown>,
): Source {
  return {
    ...chunks,
    read: async (name, range) => {
      try {
        return await chunks.read(name, range);
      } catch (error) {
        await askAnother();
        throw new Error(errorText(error), { cause: error });
      }
    },
  };
}
