import type { Home } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { codeOf } from '../state/tell-error.ts';
import type { FileAnswer, FileCommand, FileQuestion } from './file-messages.ts';

/** The part of a browser's service workers that is used. */
export interface FileQuestions {
  addEventListener(
    type: 'message',
    listener: (event: Pick<MessageEvent<unknown>, 'data' | 'ports'>) => void,
  ): void;
}

/** Reads files for the service worker, which answers for their addresses and has no home. */
export function serveFiles(questions: FileQuestions, files: Pick<Home['files'], 'row' | 'read'>): void {
  questions.addEventListener('message', ({ data, ports: [port] }) => {
    if (port !== undefined && isQuestion(data)) void serveFile(port, files, data.file as EntityId);
  });
}

function isQuestion(data: unknown): data is FileQuestion {
  return (
    typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'file' && 'file' in data
  );
}

/** @param id as it stands in an address: one that nobody has is not found */
async function serveFile(
  port: MessagePort,
  files: Pick<Home['files'], 'row' | 'read'>,
  id: EntityId,
): Promise<void> {
  const leaving = new AbortController();
  const { signal } = leaving;
  const say = (answer: FileAnswer, transfer: readonly Transferable[] = []): void =>
    port.postMessage(answer, [...transfer]);
  const refuse = (error: unknown): void => {
    if (!signal.aborted)
      say({ kind: 'refused', why: codeOf(error) === 'not-found' ? 'unknown' : 'unreadable' });
  };
  const read = async ({ from, to }: { readonly from: number; readonly to: number }): Promise<void> => {
    // What comes over from a worker is not shared.
    const bytes = (await files.read(id, { from, to }, { signal })) as Uint8Array<ArrayBuffer>;
    say({ kind: 'piece', bytes }, [bytes.buffer]);
  };
  port.addEventListener('message', ({ data }: MessageEvent<FileCommand>) => {
    if (data.kind === 'read') read(data).catch(refuse);
    else {
      leaving.abort();
      port.close();
    }
  });
  port.start();
  try {
    const file = await files.row(id);
    if (file === null) say({ kind: 'refused', why: 'unknown' });
    else say({ kind: 'file', file: { name: file.name, type: file.type, bytes: file.bytes } });
  } catch (error) {
    refuse(error);
  }
}
