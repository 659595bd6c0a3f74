import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { nameHome } from './name-home.ts';
import { printableJson, printableText } from './printable.ts';
import { alignColumns } from './table.ts';

/** Where results go, and in which form. */
export interface Output {
  readonly terminal: {
    /** Whether somebody still reads. */
    write(text: string): Promise<boolean>;
    hint(text: string): void;
    /** In columns; `null` if the output is no terminal. */
    readonly width: number | null;
  };
  /** The result is one JSON document on stdout. */
  readonly json: boolean;
  /** What a person types before a command so that it works on this device's notes. */
  readonly call: string;
}

/** One result in the two forms that it can be asked for. */
export interface Result {
  readonly json: () => unknown;
  /** Sentences, without the last line end: not the place for data that has to arrive byte for byte. */
  readonly text: () => string;
}

/** Prints the result of a command that did what it was asked for. */
export async function print(output: Output, result: Result): Promise<ExitCode> {
  await printResult(output, result);
  return exitCodes.done;
}

export async function printResult({ terminal, json }: Output, result: Result): Promise<void> {
  await terminal.write(`${json ? printableJson(result.json(), 2) : printableText(result.text())}\n`);
}

/** Many results of one kind: a JSON array, or a line for each. */
export interface Listing<Item> {
  readonly items: Iterable<Item> | AsyncIterable<Item>;
  readonly json: (item: Item) => unknown;
  readonly row: (item: Item) => readonly string[];
  /** A sentence for a person where there is none. */
  readonly empty: string;
}

export async function printListing<Item>(output: Output, listing: Listing<Item>): Promise<ExitCode> {
  await (output.json ? printArray(output, listing) : printRows(output, listing));
  return exitCodes.done;
}

const blockCharacters = 64 * 1_024;

/** Written in blocks, so that a long list is never in memory as a whole. */
async function printArray<Item>({ terminal }: Output, { items, json }: Listing<Item>): Promise<void> {
  let block = '[';
  let isFirst = true;
  for await (const item of items) {
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
  { terminal, call }: Output,
  { items, row, empty }: Listing<Item>,
): Promise<void> {
  const lines = alignColumns(await Array.fromAsync(items, row), terminal.width);
  if (lines.length === 0) terminal.hint(nameHome(empty, call));
  else await terminal.write(`${lines.join('\n')}\n`);
}
