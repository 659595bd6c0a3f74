import type { Token } from 'markdown-it';

/** An item of a list that can be ticked. */
export interface Task {
  readonly checked: boolean;
  /** Line of the note that holds its box, from 0. */
  readonly line: number;
}

const box = /^\[([ xX])\](?=\s|$)\s?/;

/** Finds `- [ ]` and `- [x]`, takes the box out of the words, and notes it at the item. */
export function markTasks(tokens: readonly Token[]): void {
  for (const [at, item] of tokens.entries()) {
    if (item.type !== 'list_item_open') continue;
    const words = tokens[at + 2];
    const first = words?.children?.[0];
    if (tokens[at + 1]?.type !== 'paragraph_open' || words === undefined || first?.type !== 'text') continue;
    const [whole, mark] = box.exec(first.content) ?? [];
    if (whole === undefined || words.map === null) continue;
    first.content = first.content.slice(whole.length);
    item.meta = { task: { checked: mark !== ' ', line: words.map[0] } satisfies Task };
  }
}

/** The text with the box in this line ticked or cleared; the same text if there is none. */
export function setTask(text: string, { checked, line }: Task): string {
  const lines = text.split('\n');
  const found = lines[line];
  if (found === undefined) return text;
  lines[line] = found.replace(
    /^((?:\s|>)*(?:[-+*]|\d{1,9}[.)])(?:\s+(?:[-+*]|\d{1,9}[.)]))*\s+\[)[ xX]\]/,
    `$1${checked ? 'x' : ' '}]`,
  );
  return lines.join('\n');
}
