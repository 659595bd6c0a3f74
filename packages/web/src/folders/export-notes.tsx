import type { ExportFormat } from '@dataans/client';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../elements/button.tsx';
import { saveFile } from '../files/save-file.ts';
import { FileBraces, FileText } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { chooseArchiveFile, NothingChosenError } from './choose-archive-file.ts';
import { TransferDialog } from './transfer-dialog.tsx';

interface Running {
  readonly done: number;
  readonly total: number | null;
  readonly stop: () => void;
}

/** Everything as one zip archive: for people and other programs, or to be brought in again in full. */
export function ExportNotes(): VNode {
  const { home, notices, words, formats, now } = useApp();
  const said = words.value;
  const [running, setRunning] = useState<Running | null>(null);

  const take = async (format: ExportFormat): Promise<void> => {
    const stopping = new AbortController();
    const stop = (): void => stopping.abort();
    const name = `Dataans ${formats.value.day(now())}${format === 'json' ? ' JSON' : ''}.zip`;
    try {
      const file = await chooseArchiveFile(name);
      setRunning({ done: 0, total: null, stop });
      const { archive, notes } = await home.folders.exportTo(
        { kind: 'zip', file },
        {
          format,
          signal: stopping.signal,
          onProgress: ({ done, total }) => setRunning({ done, total, stop }),
        },
      );
      if (archive !== null) saveFile(archive, name);
      notices.show(said.exported(notes));
    } catch (error) {
      if (error instanceof NothingChosenError) return;
      notices.show(stopping.signal.aborted ? said.exportStopped : tellError(error, said));
    } finally {
      setRunning(null);
    }
  };
  return (
    <>
      <Button icon={FileText} words={said.exportMarkdown} onPress={() => void take('markdown')} />
      <Button icon={FileBraces} words={said.exportJson} onPress={() => void take('json')} />
      {running !== null && (
        <TransferDialog
          title={said.takeOut}
          words={said.exporting(running.done, running.total ?? running.done)}
          part={running.total === null ? null : running.done / Math.max(1, running.total)}
          onStop={running.stop}
        />
      )}
    </>
  );
}
