import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { nameHome } from './name-home.ts';
import { printableJson, printableText } from './printable.ts';
import { alignColumns } from './table.ts';

/** One result in the two forms that it can be asked for. */
export interface Result {
  readonly json: () => unknown;
  /** Sentences, without the last line end: not the place for data that has to arrive byte for byte. */
  readonly text: () => string;
}

/** Prints the result of a command that did what it was asked for. */
export async function print(context: Context, result: Result): Promise<ExitCode> {
  await printResult(context, result);
  return exitCodes.done;
}

export async function printResult({ terminal, json }: Context, result: Result): Promise<void> {
  await terminal.write(`${json ? printableJson(result.json(), 2) : printableText(result.text())}\n`);
}

/** Many results of one kind: a JSON array, or a line for each. */
export interface Listing<Item> {
  readonly items: Iterable<Item>;
  readonly json: (item: Item) => unknown;
  readonly row: (item: Item) => readonly string[];
  /** A sentence for a person where there is none. */
  readonly empty: string;
}

export async function printListing<Item>(context: Context, listing: Listing<Item>): Promise<ExitCode> {
  await (context.json ? printArray(context, listing) : printRows(context, listing));
  return exitCodes.done;
}

const blockCharacters = 64 * 1_024;

/** Written in blocks, so that a long list is never in memory as a whole. */
async function printArray<Item>({ terminal }: Context, { items, json }: Listing<Item>): Promise<void> {
  let block = '[';
  let isFirst = true;
  for (const item of items) {
    block += `${isFirst ? '' : ','}\n  ${printableJson(json(item))}`;
    isFirst = false;
    if (block.length > blockCharacters) {
      if (!(await terminal.write(block))) return;
      block = '';
    }
  }
  await terminal.write(`${block}${isFirst ? '' : '\n'}]\n`);
}

async function printRows<Item>(
  { terminal, call }: Context,
  { items, row, empty }: Listing<Item>,
): Promise<void> {
  const lines = alignColumns(Array.from(items, row), terminal.width);
  if (lines.length === 0) terminal.hint(nameHome(empty, call));
  else await terminal.write(`${lines.join('\n')}\n`);
}
