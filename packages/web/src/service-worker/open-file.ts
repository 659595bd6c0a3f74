import type {
  DescribedFile,
  FileAnswer,
  FileCommand,
  FileQuestion,
  FileRefusal,
} from '../files/file-messages.ts';

/** A page, as far as it is asked. */
export interface Page {
  postMessage(message: FileQuestion, transfer: readonly Transferable[]): void;
}

/** A file that a page reads for as long as it is open. */
export interface OpenFile {
  readonly kind: 'open';
  readonly file: DescribedFile;
  /** From byte `from` to before byte `to`. One call at a time. */
  read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>>;
  close(): void;
}

export type Opened = OpenFile | { readonly kind: 'refused'; readonly why: FileRefusal };

/**
 * Asks all of these pages, and takes the first that answers: one may be asleep, or show something else.
 *
 * @param tooLate ends the waiting for one that has the file
 */
export async function openFile(
  pages: readonly Page[],
  id: string,
  tooLate: Promise<unknown>,
): Promise<Opened> {
  const nobody: Opened = { kind: 'refused', why: 'unreadable' };
  if (pages.length === 0) return nobody;
  const channels = pages.map((page) => askPage(page, id));
  const first = await Promise.race([
    ...channels.map(async (channel) => ({ channel, answer: await channel.next() })),
    tooLate.then(() => null),
  ]);
  for (const channel of channels) if (channel !== first?.channel) channel.say({ kind: 'end' });
  if (first === null) return nobody;
  const { channel, answer } = first;
  if (answer.kind !== 'file') {
    channel.say({ kind: 'end' });
    return answer.kind === 'refused' ? answer : nobody;
  }
  return {
    kind: 'open',
    file: answer.file,
    read: async (from, to) => {
      channel.say({ kind: 'read', from, to });
      const piece = await channel.next();
      if (piece.kind !== 'piece') throw new TypeError(`The page gave no bytes ${from} to ${to} of a file.`);
      return piece.bytes;
    },
    close: () => channel.say({ kind: 'end' }),
  };
}

interface Asked {
  say(command: FileCommand): void;
  next(): Promise<FileAnswer>;
}

function askPage(page: Page, id: string): Asked {
  const { port1, port2 } = new MessageChannel();
  let awaited = Promise.withResolvers<FileAnswer>();
  port1.addEventListener('message', ({ data }: MessageEvent<FileAnswer>) => awaited.resolve(data));
  port1.start();
  page.postMessage({ kind: 'file', file: id }, [port2]);
  return {
    say: (command) => {
      port1.postMessage(command);
      if (command.kind === 'end') port1.close();
    },
    next: async () => {
      const answer = await awaited.promise;
      awaited = Promise.withResolvers();
      return answer;
    },
  };
}
