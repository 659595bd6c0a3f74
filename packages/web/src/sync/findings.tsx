import type { HomeStatus } from '@dataans/client';
import type { VNode } from 'preact';
import { Button } from '../elements/button.tsx';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { findingWords, tellFinding } from '../words/findings/tell-finding.ts';
import { tellClock } from './tell-clock.ts';

/** All that a person should look at, and what to do about it. */
export function Findings({ status }: { readonly status: HomeStatus }): VNode | null {
  const { home, notices, settings, words } = useApp();
  const said = words.value;
  const findingsSaid = findingWords(settings.value.language);
  const { findings, findingCount, quarantined, massDeletion, clockLeftAhead } = status;
  const clock = tellClock(status, findingsSaid);
  if (findingCount + quarantined + clock.length === 0 && massDeletion === null) return null;
  const acknowledge = (): void =>
    void home.sync.acknowledge().catch((error: unknown) => notices.show(tellError(error, said)));
  return (
    <section>
      <h2>{said.findings}</h2>
      <ul class="rows findings">
        {findings.map((finding, index) => (
          <Row key={index} {...tellFinding(finding, findingsSaid)} />
        ))}
        {findingCount > findings.length && <Row what={said.moreFindings(findingCount - findings.length)} />}
        {massDeletion !== null && <Deleted massDeletion={massDeletion} />}
        {clock.map((sentence) => (
          <Row key={sentence} what={sentence} />
        ))}
        {quarantined > 0 && <Row what={said.setAside(quarantined)} advice={said.setAsideLead} />}
      </ul>
      {(findingCount > 0 || massDeletion !== null || clockLeftAhead !== null) && (
        <Button words={said.acknowledge} onPress={acknowledge} />
      )}
    </section>
  );
}

function Row({ what, advice }: { readonly what: string; readonly advice?: string }): VNode {
  return (
    <li>
      <p>{what}</p>
      {advice !== undefined && <p class="quiet">{advice}</p>}
    </li>
  );
}

/** Much that other devices took: all of it comes back at once. // GRD-2 */
function Deleted({
  massDeletion: { deleted, overwritten, notes, before },
}: {
  readonly massDeletion: NonNullable<HomeStatus['massDeletion']>;
}): VNode {
  const { home, notices, settings, words } = useApp();
  const said = findingWords(settings.value.language);
  const bringBack = async (): Promise<void> => {
    try {
      const restored = await home.history.restore({ what: 'everything', at: before, onlyDeleted: true });
      notices.show(said.broughtBack(restored.notes.restored + restored.notes.reverted));
    } catch (error) {
      notices.show(tellError(error, words.value));
    }
  };
  return (
    <li>
      {deleted > 0 && <p>{said.deletedElsewhere(deleted, notes)}</p>}
      {overwritten > 0 && <p>{said.emptiedElsewhere(overwritten, notes)}</p>}
      <Button class="small" words={said.bringBack} onPress={() => void bringBack()} />
    </li>
  );
}
