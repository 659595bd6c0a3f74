const block = /^```ini\n(.*?)^```$/gms;

/** The settings in each ```` ```ini ```` block of a document: a name and a value on each line. */
export function findSettingBlocks(markdown: string): readonly Readonly<Record<string, string>>[] {
  return Array.from(markdown.matchAll(block), ([, lines = '']) =>
    Object.fromEntries(
      lines
        .trim()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    ),
  );
}
