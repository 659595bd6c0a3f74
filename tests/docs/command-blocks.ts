const block = /^```sh[^\S\n]*(?<where>[^\n]*)\n(?<commands>.*?)^```$/gms;

/** Where a block of commands is run by a test, as its fence says behind `sh`: by itself, or beside a server, or in a clone. */
export type Where = '' | 'beside-a-server' | 'in-a-clone';

/** The commands of a document that are run there, as they stand. */
export function findCommandBlocks(markdown: string, where: Where = ''): readonly string[] {
  return listBlocks(markdown)
    .filter((found) => found.where === where)
    .map(({ commands }) => commands);
}

/** What stands under a heading of the second level. */
export function findChapter(markdown: string, heading: string): string {
  const [, rest] = markdown.split(`\n## ${heading}\n`);
  if (rest === undefined) throw new Error(`There is no chapter “${heading}”.`);
  return rest.split('\n## ')[0] ?? '';
}

/** Blocks of which nothing says where they are run, or why not: `no-run: needs a tunnel`. */
export function findUnexplainedBlocks(markdown: string): readonly string[] {
  return listBlocks(markdown)
    .filter(({ where }) => !/^(?:|beside-a-server|in-a-clone|no-run: \S.*)$/.test(where))
    .map(({ where, commands }) => `sh ${where}\n${commands}`);
}

function listBlocks(markdown: string): readonly { readonly where: string; readonly commands: string }[] {
  return Array.from(markdown.matchAll(block), ({ groups }) => ({
    where: groups?.['where'] ?? '',
    commands: groups?.['commands'] ?? '',
  }));
}
