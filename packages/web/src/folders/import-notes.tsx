import type { ImportReport, ImportSource } from '@dataans/client';
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { FileArchive, FolderInput } from 'lucide';
import { Button } from '../elements/button.tsx';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { ImportReportDialog } from './import-report-dialog.tsx';
import { sourceOfArchive, sourceOfDropped, sourceOfFolder } from './import-source.ts';
import { TransferDialog } from './transfer-dialog.tsx';

type Step =
  | { readonly at: 'rest' }
  | { readonly at: 'running'; readonly files: number; readonly stop: () => void }
  | { readonly at: 'done'; readonly report: ImportReport };

/** Takes in a folder of Markdown and other files, a zip archive of one, or an export: chosen, or dropped anywhere on the page. */
export function ImportNotes(): VNode {
  const { home, notices, words } = useApp();
  const said = words.value;
  const [step, setStep] = useState<Step>({ at: 'rest' });
  const isRunning = useRef(false);

  const take = async (choosing: ImportSource | null | Promise<ImportSource | null>): Promise<void> => {
    if (isRunning.current) return;
    isRunning.current = true;
    const stopping = new AbortController();
    const show = (files: number): void => setStep({ at: 'running', files, stop: () => stopping.abort() });
    try {
      const source = await choosing;
      if (source === null) notices.show(said.notOneFolder);
      else {
        show(0);
        const report = await home.folders.importFrom(source, {
          signal: stopping.signal,
          onProgress: ({ files }) => show(files),
        });
        setStep({ at: 'done', report });
        return;
      }
    } catch (error) {
      notices.show(stopping.signal.aborted ? said.importStopped : tellImportError(error));
    } finally {
      isRunning.current = false;
    }
    setStep({ at: 'rest' });
  };
  /** The client's own sentence names what in the folder or archive is wrong. */
  const tellImportError = (error: unknown): string =>
    error instanceof Error && 'code' in error && error.code === 'invalid'
      ? `${said.importRefused} ${error.message}`
      : tellError(error, said);

  useEffect(() => listenToDrops((dropped) => void take(sourceOfDropped(dropped))), []);
  return (
    <>
      <Chooser
        icon={FolderInput}
        words={said.chooseFolder}
        isFolder
        onChoose={(files) => void take(sourceOfFolder(files))}
      />
      <Chooser
        icon={FileArchive}
        words={said.chooseZip}
        accept=".zip,application/zip"
        onChoose={([file]) => void take(file === undefined ? null : sourceOfArchive(file))}
      />
      {step.at === 'running' && (
        <TransferDialog
          title={said.bringIn}
          words={said.importing(step.files)}
          part={null}
          onStop={step.stop}
        />
      )}
      {step.at === 'done' && (
        <ImportReportDialog report={step.report} onClose={() => setStep({ at: 'rest' })} />
      )}
    </>
  );
}

interface ChooserProps {
  readonly icon: typeof FolderInput;
  readonly words: string;
  readonly accept?: string;
  readonly isFolder?: boolean;
  readonly onChoose: (files: readonly File[]) => void;
}

function Chooser({ icon, words, accept, isFolder = false, onChoose }: ChooserProps): VNode {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // A folder is chosen, not its files one by one: an attribute that Preact's types don't know.
    if (isFolder) field.current?.setAttribute('webkitdirectory', '');
  }, []);
  return (
    <>
      <Button icon={icon} words={words} onPress={() => field.current?.click()} />
      <input
        ref={field}
        type="file"
        hidden
        aria-label={words}
        {...(accept !== undefined && { accept })}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) onChoose(files);
        }}
      />
    </>
  );
}

/** @returns what ends it */
function listenToDrops(onDrop: (dropped: DataTransfer) => void): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const hear = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    if (event.type === 'drop') onDrop(event.dataTransfer);
  };
  document.addEventListener('dragover', hear, { signal });
  document.addEventListener('drop', hear, { signal });
  return () => listening.abort();
}
