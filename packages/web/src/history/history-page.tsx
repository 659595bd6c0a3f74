import type { HistoryEntry, LineDifference, Note } from '@dataans/client';
import type { EntityId, OperationId } from '@dataans/core';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button, IconButton } from '../elements/button.tsx';
import { ChevronLeft, Undo2 } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { Difference } from './difference.tsx';

/** Every version of a note, and what each changed. */
export function HistoryPage({ note: id }: { readonly note: EntityId }): VNode {
  const { home, notices, router, words } = useApp();
  const said = words.value;
  const [note, setNote] = useState<Note | null>(null);
  const [versions, setVersions] = useState<readonly HistoryEntry[]>([]);
  const [chosen, setChosen] = useState<OperationId | null>(null);
  const tell = (error: unknown): void => notices.show(tellError(error, words.peek()));
  useEffect(
    () =>
      home.live.note(
        id,
        (read) => {
          setNote(read);
          home.history
            .revisions(id)
            .then((found) => setVersions(found.toReversed()))
            .catch(tell);
        },
        tell,
      ),
    [id],
  );
  const shown = versions.find((version) => version.id === chosen) ?? versions[0];
  const restore = async (revision: OperationId): Promise<void> => {
    await home.history.restore({ what: 'revision', kind: 'note', id, revision });
    notices.show(said.versionRestored);
    setChosen(null);
  };
  const back = (): void => {
    if (note === null || note.deleted) router.back();
    else router.go({ at: 'space', space: note.space, note: id });
  };
  return (
    <main class="main">
      <div class="top">
        <header class="header">
          <IconButton icon={ChevronLeft} words={said.back} onPress={back} />
          <div class="title">
            <h1>{said.versions}</h1>
            <span class="count" dir="auto">
              {note?.title}
            </span>
          </div>
        </header>
      </div>
      <div class="scroller" tabIndex={-1}>
        {shown !== undefined && (
          <div class="history">
            <Shown version={shown} all={versions} onRestore={() => void restore(shown.id).catch(tell)} />
            <VersionList versions={versions} shown={shown} onChoose={setChosen} />
          </div>
        )}
      </div>
    </main>
  );
}

interface ShownProps {
  readonly version: HistoryEntry;
  readonly all: readonly HistoryEntry[];
  readonly onRestore: () => void;
}

function Shown({ version, all, onRestore }: ShownProps): VNode {
  const { home, formats, notices, words } = useApp();
  const said = words.value;
  const [lines, setLines] = useState<readonly LineDifference[] | null>(null);
  const before = all.find(({ number }) => number === version.madeOn.at(-1))?.id ?? null;
  useEffect(() => {
    let isCurrent = true;
    setLines(null);
    home.history
      .difference(before, version.id)
      .then((found) => {
        if (isCurrent) setLines(found);
      })
      .catch((error: unknown) => notices.show(tellError(error, said)));
    return () => {
      isCurrent = false;
    };
  }, [version.id, before]);
  return (
    <div class="difference" tabIndex={0} role="region" aria-label={said.againstBefore}>
      <div class="paper">
        <div class="what">
          <div>
            <strong>{formats.value.dateAndTime(version.at)}</strong>
            {before === null ? said.firstVersion : said.againstBefore}
            {version.device.name !== null && ` · ${version.device.name}`}
          </div>
          {!version.isCurrent && !version.deleted && (
            <Button icon={Undo2} words={said.restoreThis} onPress={onRestore} />
          )}
        </div>
        {lines !== null && <Difference lines={lines} />}
      </div>
    </div>
  );
}

interface VersionListProps {
  readonly versions: readonly HistoryEntry[];
  readonly shown: HistoryEntry;
  readonly onChoose: (version: OperationId) => void;
}

function VersionList({ versions, shown, onChoose }: VersionListProps): VNode {
  const { formats, now, words } = useApp();
  const said = words.value;
  const { short, time, day } = formats.value;
  const tellMoment = (at: number): string =>
    day(at) === day(now()) ? time(at) : `${short(at, now())}, ${time(at)}`;
  return (
    <nav class="versions" aria-label={said.versions}>
      {versions.map((version) => {
        const text = version.changes.find(({ kind }) => kind === 'text');
        return (
          <button
            key={version.id}
            type="button"
            class="version"
            onClick={() => onChoose(version.id)}
            {...(version === shown && { 'aria-current': 'true' as const })}
          >
            <span class="when">{tellMoment(version.at)}</span>
            <span class="size">
              {text?.kind === 'text' && text.added > 0 && <span class="more">+{text.added}</span>}
              {text?.kind === 'text' && text.removed > 0 && <span class="less">−{text.removed}</span>}
            </span>
            <span class="by" dir="auto">
              {[version.isCurrent && said.now, version.device.name].filter(Boolean).join(' · ')}
            </span>
          </button>
        );
      })}
    </nav>
  );
}
