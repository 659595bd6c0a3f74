import { limits } from '@dataans/core';
import { blobOf, integerOf, onlyRow } from './row.ts';
import type { Sql } from './sql.ts';

/**
 * The operations behind `after` as a body of frames: as many as fit, and one at least where there is any. // SRV-13
 *
 * @param bytesMax of frames
 */
export type PageReader = (after: number, operationsMax: number, bytesMax: number) => Uint8Array;

const frameBytes = `${limits.frameHeaderBytes} + length(body)`;
/** The column `kind` is what the frame says. // FRM-1 */
const frame = `unhex(format('%08x%02x', ${frameBytes} - ${limits.frameLengthBytes}, kind)) || id || body`;

const selectBytes = `SELECT coalesce(sum(${frameBytes}), 0) AS bytes FROM (${rangeOf('body')})`;
const selectFitting =
  `SELECT count(*) AS fitting FROM (${rangeOf(`sum(${frameBytes}) OVER (ORDER BY seq) AS bytes`)})` +
  ' WHERE bytes <= ?';
const selectFrames =
  `SELECT CAST(coalesce(group_concat(frame, ''), '') AS BLOB) AS frames, count(*) - count(frame) AS damaged` +
  ` FROM (${rangeOf(`${frame} AS frame`)})`;

/**
 * SQLite puts the frames together: to make each of them here costs several times as much, most of all in a server
 * that has just started. It keeps the order of the rows for `group_concat`, and bytes as text are the same bytes.
 */
export function createPageReader({ rows }: Sql): PageReader {
  const countFitting = (after: number, operationsMax: number, bytesMax: number): number => {
    const bytes = integerOf(onlyRow(rows(selectBytes, after, operationsMax)), 'bytes');
    if (bytes <= bytesMax) return operationsMax;
    return integerOf(onlyRow(rows(selectFitting, after, operationsMax, bytesMax)), 'fitting');
  };
  return (after, operationsMax, bytesMax) => {
    const operations = Math.max(1, countFitting(after, operationsMax, bytesMax));
    const page = onlyRow(rows(selectFrames, after, operations));
    // What makes no frame would be left out, and all that follow would come under the number before theirs.
    if (integerOf(page, 'damaged') > 0) throw new TypeError('An operation of the log is damaged.');
    return blobOf(page, 'frames');
  };
}

function rangeOf(columns: string): string {
  return `SELECT ${columns} FROM operations WHERE seq > ? ORDER BY seq LIMIT ?`;
}
