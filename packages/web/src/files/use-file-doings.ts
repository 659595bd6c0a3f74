import type { FileRow, FileState } from '@dataans/client';
import { useState } from 'preact/hooks';
import { Cloud, CloudDownload, Download, X, type IconNode } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { codeOf, tellError } from '../state/tell-error.ts';
import { planDoings, type DoingKind } from './plan-doings.ts';
import { readBlob } from './read-blob.ts';
import { saveFile } from './save-file.ts';
import { unknownType } from './shown-type.ts';

/** Something that one can do with a file. */
export interface FileDoing {
  readonly kind: DoingKind;
  readonly icon: IconNode;
  readonly words: string;
  act(): void;
}

/** What one can do with a file as it stands, the likeliest first; and whether something of it is under way. */
export function useFileDoings(
  file: FileRow,
  state: FileState | null,
): { readonly doings: readonly FileDoing[]; readonly isBusy: boolean } {
  const { home, notices, words } = useApp();
  const said = words.value;
  const [isBusy, setBusy] = useState(false);
  const run = async (work: () => Promise<void>, absent: string): Promise<void> => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      notices.show(codeOf(error) === 'not-found' ? absent : tellError(error, words.peek()));
    }
    setBusy(false);
  };
  const acts: Readonly<Record<DoingKind, Omit<FileDoing, 'kind'>>> = {
    save: {
      icon: Download,
      words: said.download,
      act: () =>
        void run(async () => saveFile(await readBlob(home, file, unknownType), file.name), said.fileNotThere),
    },
    fetch: {
      icon: CloudDownload,
      words: said.fetchFile,
      act: () => void run(() => home.files.fetch(file.id), said.fileNotThere),
    },
    cancel: {
      icon: X,
      words: said.leaveOnServer,
      act: () => void run(() => home.files.cancel(file.id), said.fileNotThere),
    },
    release: {
      icon: Cloud,
      words: said.freeFile,
      act: () => void run(() => home.files.release(file.id), said.fileNotFreed),
    },
  };
  return { doings: planDoings(state).map((kind) => ({ kind, ...acts[kind] })), isBusy };
}
