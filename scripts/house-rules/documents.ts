import { posix } from 'node:path';

/** Links of a Markdown file that lead nowhere in the repository, and a title that is missing or not the only one. */
export function findDocumentFaults(
  path: string,
  markdown: string,
  files: ReadonlySet<string>,
): readonly string[] {
  const prose = withoutCode(markdown);
  return [...linkFaults(path, prose, files), ...titleFaults(path, prose)];
}

function linkFaults(path: string, prose: string, files: ReadonlySet<string>): readonly string[] {
  return localLinks(prose)
    .filter((link) => !exists(posix.join(posix.dirname(path), link), files))
    .map((link) => `${path}: links to ${link}, which does not exist`);
}

function titleFaults(path: string, prose: string): readonly string[] {
  const titles = prose.match(/^# .+$/gm) ?? [];
  return titles.length === 1 ? [] : [`${path}: has ${titles.length} titles instead of one`];
}

/** Targets of links and images without their fragments; addresses elsewhere and fragments alone are left out. */
function localLinks(prose: string): readonly string[] {
  const targets = Array.from(
    prose.matchAll(/\]\(<?([^)>\s]+)>?(?:\s+"[^"]*")?\)/g),
    ([, target = '']) => target,
  );
  return targets
    .filter((target) => !/^[a-z][a-z+.-]*:|^#/i.test(target))
    .map((target) => decodeURIComponent(target.replace(/#.*$/, '')));
}

function exists(target: string, files: ReadonlySet<string>): boolean {
  const file = target.replace(/\/$/, '');
  return files.has(file) || [...files].some((path) => path.startsWith(`${file}/`));
}

function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^(```+|~~~+)[^]*?^\1/gm, '').replaceAll(/`[^`\n]*`/g, '');
}
