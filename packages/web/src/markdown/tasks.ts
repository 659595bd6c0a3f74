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

const taskLine = /^((?:\s|>)*(?:[-+*]|\d{1,9}[.)])(?:\s+(?:[-+*]|\d{1,9}[.)]))*\s+\[)[ xX](?=\])/;

/**
 * The text with a task ticked or cleared, wherever it is by now.
 *
 * @param seen the text in which the line was seen, which may have changed since then
 * @returns `null` if the task isn't there any more
 */
export function setTask(text: string, seen: string, { checked, line }: Task): string | null {
  const lines = text.split('\n');
  const wanted = withoutMark(seen.split('\n')[line] ?? '');
  const isWanted = (one: string): boolean => taskLine.test(one) && withoutMark(one) === wanted;
  const at = isWanted(lines[line] ?? '') ? line : lines.findIndex(isWanted);
  return at === -1 ? null : lines.with(at, withMark(lines[at] ?? '', checked)).join('\n');
}

function withMark(line: string, checked: boolean): string {
  return line.replace(taskLine, `$1${checked ? 'x' : ' '}`);
}

function withoutMark(line: string): string {
  return withMark(line, false);
}
