const block = /^```sh[^\S\n]*(?<flags>[^\n]*)\n(?<commands>.*?)^```$/gms;

/** The commands of a document that are meant to be run as they stand: those in ```` ```sh ```` without `no-run`. */
export function findCommandBlocks(markdown: string): readonly string[] {
  return [...markdown.matchAll(block)]
    .filter(({ groups }) => groups?.['flags'] !== 'no-run')
    .map(({ groups }) => groups?.['commands'] ?? '');
}
