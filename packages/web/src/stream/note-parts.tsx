import type { EntityId } from '@dataans/core';
import type { ComponentChild, ComponentType, VNode } from 'preact';
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { Check, Copy, CornerDownRight, Image as ImageIcon } from 'lucide';
import { useApp } from '../state/context.ts';
import { IconButton } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import type { NoteParts } from '../markdown/render-tokens.ts';
import { Link } from '../elements/link.tsx';

/** What the parts of a shown note may do to it. */
export interface NoteDoing {
  /** `null`: it can't be changed where it is shown. */
  readonly tick: ((line: number, checked: boolean) => void) | null;
}

type PropsOf<Name extends keyof NoteParts> =
  NoteParts[Name] extends ComponentType<infer Props> ? Props : never;

export const NoteDoingContext = createContext<NoteDoing>({ tick: null });

function Code({ text, language }: { readonly text: string; readonly language: string }): VNode {
  const words = useApp().words.value;
  const [isCopied, setCopied] = useState(false);
  const coloured = useColours(text, language);
  return (
    <div class="code">
      {language !== '' && <span class="lang">{language}</span>}
      <pre tabIndex={0} role="group" aria-label={words.codeIn(language)}>
        <code>{coloured}</code>
      </pre>
      <IconButton
        icon={isCopied ? Check : Copy}
        words={words.copyCode}
        class="copy small"
        onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
      />
    </div>
  );
}

/** The text at once, its colours when they have come. */
function useColours(text: string, language: string): ComponentChild {
  const [coloured, setColoured] = useState<ComponentChild>(null);
  useEffect(() => {
    let isCurrent = true;
    if (language !== '')
      void import('../markdown/highlight.ts').then(({ highlight }) => {
        if (isCurrent) setColoured(highlight(text, language));
      });
    return () => {
      isCurrent = false;
    };
  }, [text, language]);
  return coloured ?? text;
}

/** Nothing is fetched from elsewhere until one asks: it would tell that server who reads what. */
function Picture({ address, words }: PropsOf<'Picture'>): VNode {
  const said = useApp().words.value;
  const host = hostOf(address);
  if (host === null) return <span class="remote">{words === '' ? address : words}</span>;
  return (
    <span class="remote">
      <Icon of={ImageIcon} size="small" />
      {words === '' ? said.remotePicture(host) : `${words} (${host})`}{' '}
      <a href={address} target="_blank" rel="noreferrer noopener">
        {said.show}
      </a>
    </span>
  );
}

function hostOf(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url !== null && /^https?:$/.test(url.protocol) ? url.host : null;
}

function OutsideLink({ address, children }: PropsOf<'Link'>): VNode {
  return (
    <a href={address} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

function Tag({ tag }: { readonly tag: string }): VNode {
  return (
    <Link to={{ at: 'search', words: `#${tag}`, space: null }} class="tag">
      #{tag}
    </Link>
  );
}

function NoteLink({ note }: { readonly note: string }): VNode {
  const { home, words } = useApp();
  const [found, setFound] = useState<{ readonly title: string; readonly space: string } | null>(null);
  useEffect(() => {
    // The parser takes nothing else for the id of a note.
    void home.notes.read(note as EntityId).then((read) => {
      setFound(read === null || read.deleted ? null : { title: read.title, space: read.space });
    });
  }, [note]);
  if (found === null) return <span class="quiet">{words.value.goneNote}</span>;
  return (
    <Link to={{ at: 'space', space: found.space, note }} class="to-note">
      <Icon of={CornerDownRight} size="tiny" />
      {found.title}
    </Link>
  );
}

function TaskBox({ checked, line }: { readonly checked: boolean; readonly line: number }): VNode {
  const { tick } = useContext(NoteDoingContext);
  return (
    <input
      type="checkbox"
      class="check"
      checked={checked}
      disabled={tick === null}
      ref={(box) => {
        // Its name is the words beside it, whatever they are made of.
        box?.setAttribute('aria-label', box.parentElement?.textContent.trim() ?? '');
      }}
      onChange={(event) => tick?.(line, event.currentTarget.checked)}
    />
  );
}

export const noteParts: NoteParts = { Code, Picture, Link: OutsideLink, Tag, NoteLink, TaskBox };
