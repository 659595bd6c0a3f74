import { countChanges, type RestoreReport, type RestoreRequest } from '@dataans/client';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../elements/button.tsx';
import { Dialog } from '../elements/dialog.tsx';
import { useApp, type App } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { endOfDay } from './days.ts';

export interface BringBackProps {
  readonly request: RestoreRequest;
  readonly day: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Says what would change before anything does. */
export function BringBack({ request, day, onDone, onClose }: BringBackProps): VNode {
  const app = useApp();
  const { home, formats, notices, words } = app;
  const said = words.value;
  const [planned, setPlanned] = useState<RestoreReport | null>(null);
  const [isBusy, setBusy] = useState(false);
  const fail = (error: unknown): void => {
    notices.show(tellError(error, said));
    onClose();
  };
  useEffect(() => {
    home.history.restore(request, { dryRun: true }).then(setPlanned).catch(fail);
  }, []);
  const bringBack = async (): Promise<void> => {
    setBusy(true);
    await restoreWithUndo(app, request, onDone);
    onDone();
    onClose();
  };
  const changes = planned === null ? null : countChanges(planned);
  return (
    <Dialog title={said.bringBackTitle} onClose={onClose}>
      <div class="body" role="status">
        <p>{said.bringBackTo(formats.value.longDate(endOfDay(day)))}</p>
        {planned === null && <p>{said.countingChanges}</p>}
        {changes === 0 && <p>{said.nothingDiffers}</p>}
        {planned !== null && changes !== 0 && <Tally report={planned} />}
      </div>
      <div class="foot">
        <Button words={changes === 0 ? said.close : said.cancel} onPress={onClose} />
        {changes !== null && changes > 0 && (
          <Button
            class="primary"
            words={said.bringBack}
            disabled={isBusy}
            onPress={() => void bringBack().catch(fail)}
          />
        )}
      </div>
    </Dialog>
  );
}

function Tally({ report: { notes, spaces } }: { readonly report: RestoreReport }): VNode {
  const said = useApp().words.value;
  const lines = [
    notes.restored > 0 && said.notesComeBack(notes.restored),
    notes.reverted > 0 && said.notesChangeBack(notes.reverted),
    notes.deleted > 0 && said.notesToTrash(notes.deleted),
    spaces.restored > 0 && said.spacesComeBack(spaces.restored),
    spaces.reverted > 0 && said.spacesChangeBack(spaces.reverted),
    spaces.deleted > 0 && said.spacesToTrash(spaces.deleted),
  ].filter((line) => line !== false);
  return (
    <>
      <ul class="tally">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>{said.bringingBackAdds}</p>
    </>
  );
}

/** What was a moment ago can be had back in the same way. // HIS-4 */
async function restoreWithUndo(
  { home, notices, words }: App,
  request: RestoreRequest,
  onDone: () => void,
): Promise<void> {
  const before = await home.history.latest();
  const report = await home.history.restore(request);
  const undo = async (): Promise<void> => {
    await home.history.restore({ ...request, at: before } as RestoreRequest);
    onDone();
  };
  notices.show(
    words.value.broughtBack(report.notes.restored + report.notes.reverted + report.notes.deleted),
    {
      words: words.value.undo,
      act: () => void undo().catch((error: unknown) => notices.show(tellError(error, words.value))),
    },
  );
}
