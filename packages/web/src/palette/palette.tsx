import type { TagCount } from '@dataans/client';
import type { VNode } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { Dialog } from '../elements/dialog.tsx';
import { KeyCaps } from '../elements/key-caps.tsx';
import { Icon } from '../elements/icon.tsx';
import { Hash, Terminal } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import type { Action } from './action.ts';
import { matchWords } from './match-words.ts';

export interface PaletteProps {
  readonly actions: readonly Action[];
  readonly onClose: () => void;
}

/** Everything that can be done, by some of its letters. */
export function Palette({ actions, onClose }: PaletteProps): VNode {
  const said = useApp().words.value;
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const others = actions.filter(({ name }) => name !== said.commands);
  const tags = useTagActions();
  const found = findActions([...others, ...tags], typed);
  const run = (action: Action | undefined): void => {
    if (action === undefined) return;
    onClose();
    action.act();
  };
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt((at + step + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      run(found[at]);
    }
  };
  return (
    <Dialog title={said.commands} onClose={onClose} bare class="palette high">
      <div class="ask">
        <Icon of={Terminal} />
        <input
          value={typed}
          role="combobox"
          autoFocus
          autocomplete="off"
          spellcheck={false}
          aria-label={said.commandField}
          placeholder={said.commandField}
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={id}
          {...(found[at] && { 'aria-activedescendant': `${id}-${at}` })}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
      </div>
      <ActionList id={id} actions={found} at={at} onRun={run} />
      <div class="foot" role="status">
        {found.length === 0 && said.nothingMatches}
      </div>
    </Dialog>
  );
}

interface ActionListProps {
  readonly id: string;
  readonly actions: readonly Action[];
  /** The one that Enter runs. */
  readonly at: number;
  readonly onRun: (action: Action) => void;
}

function ActionList({ id, actions, at, onRun }: ActionListProps): VNode {
  return (
    <div class="list" role="listbox" id={id} aria-label={useApp().words.value.commands}>
      {actions.map((action, index) => (
        <div
          key={action.id}
          id={`${id}-${index}`}
          role="option"
          class={action.hue === null ? 'item' : `item hue-${action.hue}`}
          aria-selected={index === at}
          ref={(item) => {
            if (index === at) item?.scrollIntoView({ block: 'nearest' });
          }}
          onClick={() => onRun(action)}
        >
          <Icon of={action.icon} />
          <span dir="auto">{action.name}</span>
          {action.key !== null && <KeyCaps of={action.key} />}
        </div>
      ))}
    </div>
  );
}

/** A search for each tag, when they are known. */
function useTagActions(): readonly Action[] {
  const { home, notices, router, words } = useApp();
  const [tags, setTags] = useState<readonly TagCount[]>([]);
  useEffect(() => {
    home.notes
      .tags()
      .then(setTags)
      .catch((error: unknown) => notices.show(tellError(error, words.peek())));
  }, []);
  return tags.map(({ tag }) => ({
    id: `#${tag}`,
    icon: Hash,
    name: `#${tag}`,
    key: null,
    hue: null,
    act: () => router.go({ at: 'search', words: `#${tag}`, space: null }),
  }));
}

const shownMax = 100;

function findActions(actions: readonly Action[], typed: string): readonly Action[] {
  return actions
    .map((action) => ({ action, score: matchWords(typed, action.name) }))
    .filter((match): match is typeof match & { readonly score: number } => match.score !== null)
    .toSorted((left, right) => (typed === '' ? 0 : right.score - left.score))
    .slice(0, shownMax)
    .map(({ action }) => action);
}
