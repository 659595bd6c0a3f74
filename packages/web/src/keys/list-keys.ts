import type { Action } from '../palette/action.ts';
import { noteKey } from '../stream/note-keys.ts';
import type { Words } from '../words/words.ts';

/** Keys that do something in one place. */
export interface KeyGroup {
  readonly name: string;
  readonly keys: readonly (readonly [words: string, key: string])[];
}

/** @param actions that are there everywhere */
export function listKeys(actions: readonly Action[], said: Words, enterSends: boolean): readonly KeyGroup[] {
  const [send, breakLine] = enterSends ? ['Enter', 'Shift+Enter'] : ['Shift+Enter', 'Enter'];
  return [
    {
      name: said.keysAnywhere,
      keys: actions.flatMap(({ name, key }) => (key === null ? [] : [[name, key] as const])),
    },
    {
      name: said.keysOfNote,
      keys: [
        [said.previousNote, '↑'],
        [said.nextNote, '↓'],
        [said.answer, noteKey.answer],
        [said.edit, noteKey.edit],
        [said.copyMarkdown, noteKey.copyMarkdown],
        [said.copyLink, noteKey.copyLink],
        [said.pin, noteKey.pin],
        [said.moveTo, noteKey.move],
        [said.setDate, noteKey.setDate],
        [said.versions, noteKey.versions],
        [said.select, noteKey.select],
        [said.deleteNote, noteKey.remove],
      ],
    },
    {
      name: said.keysWriting,
      keys: [
        [said.send, send],
        [said.breakLine, breakLine],
        [said.editLast, '↑'],
        [said.bold, 'Ctrl+B'],
        [said.italic, 'Ctrl+I'],
        [said.codeMark, 'Ctrl+E'],
        [said.strikeOut, 'Ctrl+Shift+X'],
        [said.linkSelected, 'Ctrl+K'],
        [said.indentList, 'Tab'],
        [said.save, 'Ctrl+Enter'],
      ],
    },
  ];
}
