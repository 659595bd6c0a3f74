import type { NoteRow } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import type { ComponentChild, ComponentType, VNode } from 'preact';
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { Check, Copy, CornerDownRight, Image as ImageIcon } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { IconButton } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import type { NoteParts } from '../markdown/render-tokens.ts';
import { Link } from '../elements/link.tsx';
import { parseAddress, type Place } from '../router/address.ts';
import { RelativeLink } from './relative-link.tsx';

/** What the parts of a shown note may do to it. */
export interface NoteDoing {
  /** `null`: it belongs to none that is here. */
  readonly note: Pick<NoteRow, 'id' | 'space'> | null;
  /** `null`: it can't be changed where it is shown. */
  readonly tick: ((line: number, checked: boolean) => void) | null;
}

type PropsOf<Name extends keyof NoteParts> =
  NoteParts[Name] extends ComponentType<infer Props> ? Props : never;

export const NoteDoingContext = createContext<NoteDoing>({ note: null, tick: null });

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

function AnyLink({ address, children }: PropsOf<'Link'>): VNode {
  const { note } = useContext(NoteDoingContext);
  const inside = findPlace(address);
  if (inside !== null) return <Link to={inside}>{children}</Link>;
  if (note !== null && !URL.canParse(address))
    return (
      <RelativeLink from={note.id} address={address}>
        {children}
      </RelativeLink>
    );
  return (
    <a href={address} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

/** The place in the app that an address of it names; `null`: it is another one. */
function findPlace(address: string): Place | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  const place = url !== null && url.origin === location.origin ? parseAddress(url) : null;
  return place?.at === 'space' ? place : null;
}

/** The tag in its space; everywhere from a note that is in none. */
function Tag({ tag }: { readonly tag: string }): VNode {
  const { note } = useContext(NoteDoingContext);
  return (
    <Link
      to={
        note === null
          ? { at: 'search', words: `#${tag}`, space: null }
          : { at: 'space', space: note.space, note: null, tag }
      }
      class="tag"
    >
      #{tag}
    </Link>
  );
}

function NoteLink({ note }: { readonly note: string }): VNode {
  const { home, words } = useApp();
  /** `undefined` until it is looked up. */
  const [found, setFound] = useState<{ readonly title: string; readonly space: string } | null>();
  useEffect(() => {
    // The parser takes nothing else for the id of a note.
    void home.notes.read(note as EntityId).then((read) => {
      setFound(read === null || read.deleted ? null : { title: read.title, space: read.space });
    });
  }, [note]);
  if (found === undefined) return <span class="quiet">…</span>;
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

export const noteParts: NoteParts = { Code, Picture, Link: AnyLink, Tag, NoteLink, TaskBox };
