import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { allNames } from '../markdown/named-characters.ts';
import { parseMarkdown } from '../markdown/parse-markdown.ts';
import { renderTokens } from '../markdown/render-tokens.ts';
import { noteParts } from './note-parts.tsx';

export interface ProseProps {
  readonly text: string;
  /** Of a Markdown file that was imported: its lines are broken as files break them. */
  readonly isFile: boolean;
  readonly class?: string;
}

export function Prose({ text, isFile, class: more = '' }: ProseProps): VNode {
  const shown = useMemo(
    () => renderTokens(parseMarkdown(text, { breaks: !isFile }), noteParts),
    [text, isFile, allNames.value],
  );
  return (
    <div class={`prose ${more}`} dir="auto">
      {shown}
    </div>
  );
}
