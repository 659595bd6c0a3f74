import type { ImportReport, ImportSource } from '@dataans/client';
import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Button } from '../elements/button.tsx';
import { FileChooser } from '../elements/file-chooser.tsx';
import { useDroppedFiles } from '../files/dropped-files.ts';
import { FileArchive, FolderInput } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { codeOf, tellError } from '../state/tell-error.ts';
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
    codeOf(error) === 'invalid' && error instanceof Error
      ? `${said.importRefused} ${error.message}`
      : tellError(error, said);

  useDroppedFiles((dropped) => void take(sourceOfDropped(dropped)));
  return (
    <>
      <FileChooser
        label={said.chooseFolder}
        isFolder
        onChoose={(files) => void take(sourceOfFolder(files))}
        button={(choose) => <Button icon={FolderInput} words={said.chooseFolder} onPress={choose} />}
      />
      <FileChooser
        label={said.chooseZip}
        accept=".zip,application/zip"
        onChoose={([file]) => void take(file === undefined ? null : sourceOfArchive(file))}
        button={(choose) => <Button icon={FileArchive} words={said.chooseZip} onPress={choose} />}
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
