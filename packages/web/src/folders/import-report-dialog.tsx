import type { ImportReport, SkippedPath, Tally } from '@dataans/client';
import type { VNode } from 'preact';
import { Button } from '../elements/button.tsx';
import { Dialog } from '../elements/dialog.tsx';
import { useApp } from '../state/context.ts';

export interface ImportReportDialogProps {
  readonly report: ImportReport;
  readonly onClose: () => void;
}

const outcomes = ['added', 'changed', 'unchanged', 'edited', 'deleted'] as const;

/** What came of it, and everything that was left out. */
export function ImportReportDialog({ report, onClose }: ImportReportDialogProps): VNode {
  const { words, formats } = useApp();
  const said = words.value;
  const { notes, attachments, skipped, skippedMore } = report;
  const leftOut = skipped.length + skippedMore;
  return (
    <Dialog title={said.broughtIn} onClose={onClose}>
      <div class="body">
        <dl class="outcomes">
          {outcomes
            .map((outcome) => ({ outcome, number: countBoth(notes, attachments, report, outcome) }))
            .filter(({ outcome, number }) => number > 0 || outcome === 'added')
            .map(({ outcome, number }) => (
              <div key={outcome}>
                <dt>{said.importOutcomes[outcome]}</dt>
                <dd>{formats.value.number(number)}</dd>
              </div>
            ))}
        </dl>
        {report.source === 'other-export' && <p>{said.otherExport}</p>}
        {report.copy > 1 && <p>{said.importedBeside}</p>}
        {leftOut > 0 && (
          <section>
            <h3>{said.leftOut(leftOut)}</h3>
            <LeftOut skipped={skipped} />
          </section>
        )}
      </div>
      <div class="foot">
        <Button class="primary" words={said.close} onPress={onClose} />
      </div>
    </Dialog>
  );
}

function LeftOut({ skipped }: { readonly skipped: readonly SkippedPath[] }): VNode {
  const { words } = useApp();
  return (
    <ul class="left-out" tabIndex={0}>
      {skipped.map(({ path, reason }, index) => (
        <li key={`${index} ${path}`}>
          <span dir="auto">{path}</span>
          <span class="hint">{words.value.skipReasons[reason]}</span>
        </li>
      ))}
    </ul>
  );
}

/** Of a folder each attachment is a note of its own; an export counts the notes that have it. */
function countBoth(
  notes: Tally,
  attachments: Tally,
  { source }: Pick<ImportReport, 'source'>,
  outcome: (typeof outcomes)[number],
): number {
  return source === 'folder' ? notes[outcome] + attachments[outcome] : notes[outcome];
}
