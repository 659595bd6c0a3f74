import type { FileState } from '@dataans/client';
import type { Words } from '../words/words.ts';

/** Where the content of a file is, in words; `null` if it is here, as one expects. */
export function tellFileState(
  state: FileState | null,
  words: Words,
  bytes: (value: number) => string,
): string | null {
  switch (state?.kind) {
    case undefined:
    case 'here':
      return null;
    case 'sending':
      return words.fileSending(bytes(state.doneBytes), bytes(state.totalBytes));
    case 'fetching':
      return words.fileFetching(bytes(state.doneBytes), bytes(state.totalBytes));
    case 'waiting':
      return { send: words.fileWaiting, fetch: words.fileComing, arrive: words.fileComing }[state.to];
    case 'elsewhere':
      return words.fileElsewhere;
    case 'damaged':
      return words.fileDamaged;
  }
}
