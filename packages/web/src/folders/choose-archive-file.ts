/** As far as TypeScript doesn't know it: not every browser has it. */
interface SavingWindow {
  readonly showSaveFilePicker?: (options: {
    readonly suggestedName: string;
    readonly types: readonly { readonly accept: Readonly<Record<string, readonly string[]>> }[];
  }) => Promise<FileSystemFileHandle>;
}

/** A person was asked for a place, and gave none. */
export class NothingChosenError extends Error {
  override readonly name = 'NothingChosenError';
}

/**
 * Where the archive shall be, if the browser can write there; `null`: it becomes a download.
 *
 * @throws NothingChosenError
 */
export async function chooseArchiveFile(suggestedName: string): Promise<FileSystemFileHandle | null> {
  const { showSaveFilePicker } = window as SavingWindow;
  if (showSaveFilePicker === undefined) return null;
  try {
    return await showSaveFilePicker({ suggestedName, types: [{ accept: { 'application/zip': ['.zip'] } }] });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw new NothingChosenError();
    throw error;
  }
}
