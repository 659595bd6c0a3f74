import {
  continueLine,
  indentLines,
  insertLink,
  toggleMarks,
  type Replacement,
  type Selection,
} from './edit-selection.ts';

/** Keys of a box for Markdown: lists go on, Tab moves lines, and the usual letters put marks. */
export function handleTextKey(event: KeyboardEvent & { readonly currentTarget: HTMLTextAreaElement }): void {
  const box = event.currentTarget;
  const selection = { text: box.value, start: box.selectionStart, end: box.selectionEnd };
  const replacement = planKey(event, selection);
  if (replacement === null) return;
  event.preventDefault();
  replaceText(box, replacement);
}

type PressedKey = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

const markByKey: Readonly<Record<string, string>> = { b: '**', i: '*', e: '`' };

/** What a key does to the text; `null`: what the browser does. */
export function planKey(
  { key, ctrlKey, metaKey, shiftKey, altKey }: PressedKey,
  at: Selection,
): Replacement | null {
  const isCommand = (ctrlKey || metaKey) && !altKey;
  if (key === 'Enter') return isCommand ? null : continueLine(at);
  // Without a list to move, Tab leaves the box as it does everywhere.
  if (key === 'Tab' && !isCommand && isInList(at)) return indentLines(at, shiftKey ? 'out' : 'in');
  if (!isCommand) return null;
  const letter = key.toLowerCase();
  if (letter === 'k' && !shiftKey && at.start !== at.end) return insertLink(at);
  if (letter === 'x' && shiftKey) return toggleMarks(at, '~~');
  const mark = markByKey[letter];
  return mark === undefined || shiftKey ? null : toggleMarks(at, mark);
}

function isInList({ text, start }: Selection): boolean {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1);
  return /^\s*(?:[-+*]|\d{1,9}[.)])\s/.test(line);
}

/** Through the browser's own editing, so that undo knows of it; the one way that does is old, and has no other. */
export function replaceText(box: HTMLTextAreaElement, { from, to, insert, start, end }: Replacement): void {
  box.focus();
  box.setSelectionRange(from, to);
  // oxlint-disable-next-line typescript/no-deprecated -- nothing else keeps the undo of a text box whole
  const isDone = document.execCommand(insert === '' ? 'delete' : 'insertText', false, insert);
  if (!isDone) box.setRangeText(insert, from, to, 'end');
  box.setSelectionRange(start, end);
}
