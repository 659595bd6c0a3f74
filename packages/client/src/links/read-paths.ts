/** The paths that a relative target may mean, the most likely first: decoded, without what follows it. // LNK-2 */
export function readPaths(href: string): ReadonlySet<string> {
  const path = href.replace(/[#?][^]*$/, '');
  return new Set([decodePercents(path), path, href].filter((candidate) => candidate !== ''));
}

/** The names in which they end: whatever a target leads to has one of them. */
export function readLastNames(href: string): readonly string[] {
  return [...readPaths(href)].flatMap((path) => {
    const name = path.split('/').findLast((part) => part !== '');
    return name === undefined ? [] : [name.normalize('NFC')];
  });
}

function decodePercents(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
