import type { SqlDatabase } from '../../platform/sql-database.ts';
import type { Transactions } from '../transactions.ts';
import { createDays } from './days.ts';
import { createNamedRows } from './named-rows.ts';
import { createNumberedRows } from './numbered-rows.ts';
import { createPinned } from './pinned.ts';
import { createNoteRows } from './read-note-rows.ts';
import { createReadMarks } from './read-marks.ts';
import { createSpaceNames } from './space-names.ts';
import { createSpaceRows } from './spaces.ts';
import { createStream } from './stream.ts';
import { createTrash } from './trash.ts';
import type { Windows } from './windows.ts';

export function createWindows(
  database: SqlDatabase,
  transactions: Pick<Transactions, 'read' | 'write'>,
): Windows {
  const readNoteRows = createNoteRows(database);
  const readStream = createStream(database, readNoteRows);
  const readPinned = createPinned(database, readNoteRows);
  const readTrash = createTrash(database, readNoteRows);
  const readDays = createDays(database);
  const readSpaces = createSpaceRows(database, createNumberedRows(database, readNoteRows));
  const readNamedRows = createNamedRows(database, readNoteRows);
  const readSpaceNames = createSpaceNames(database);
  const marks = createReadMarks(database);
  return {
    stream: (query) => transactions.read(() => readStream(query)),
    pinned: (space) => transactions.read(() => readPinned(space)),
    days: (space, zone) => readDays(space, zone),
    trash: (query) => transactions.read(() => readTrash(query)),
    rows: (notes) => transactions.read(() => readNamedRows(notes)),
    spaceNames: () => readSpaceNames(),
    spaces: () => transactions.read(readSpaces),
    markRead: (space, upTo) => transactions.write(() => marks.mark(space, upTo), 'soon'),
    markAllRead: () => transactions.write(marks.markAll, 'soon'),
  };
}
