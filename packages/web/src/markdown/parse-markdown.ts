import createMarkdownIt, { type MarkdownIt, type Token } from 'markdown-it';
import { addSizedImages } from './sized-image.ts';
import { markTasks } from './tasks.ts';
import { keepEscapedHashes, splitReferences } from './references.ts';

/** How a line end within a paragraph is read. */
export interface MarkdownOptions {
  /** A note that was written here breaks where its author pressed Enter; a Markdown file that was imported does not. */
  readonly breaks: boolean;
}

/** The tokens of a note, never HTML: what looks like it in the text stays text. */
export function parseMarkdown(text: string, { breaks }: MarkdownOptions): readonly Token[] {
  return (breaks ? asWritten : asFile).parse(text, {});
}

const asWritten = createParser(true);
const asFile = createParser(false);

function createParser(breaks: boolean): MarkdownIt {
  const parser = createMarkdownIt({ html: false, linkify: true, breaks, typographer: false });
  addSizedImages(parser);
  parser.core.ruler.push('tasks', ({ tokens }) => {
    markTasks(tokens);
  });
  if (breaks)
    parser.core.ruler.push('breaks', ({ tokens }) => {
      for (const { children } of tokens)
        for (const token of children ?? []) if (token.type === 'softbreak') token.type = 'hardbreak';
    });
  parser.core.ruler.before('text_join', 'hashes', keepEscapedHashes);
  parser.core.ruler.push('references', (state) => {
    splitReferences(state);
  });
  return parser;
}
