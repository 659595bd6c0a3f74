import type { LineDifference } from '@dataans/client';

/** A line that differs or stands beside one that does, or how many others there are in between. */
export type ShownLine = LineDifference | { readonly kind: 'skipped'; readonly lines: number };

const around = 2;

/** Leaves out what is the same, but for the lines next to what isn't. */
export function foldLines(lines: readonly LineDifference[]): readonly ShownLine[] {
  const isNear = lines.map((_, at) =>
    lines.slice(Math.max(0, at - around), at + around + 1).some(({ kind }) => kind !== 'same'),
  );
  const shown: ShownLine[] = [];
  for (const [at, line] of lines.entries()) {
    const last = shown.at(-1);
    if (isNear[at] === true) shown.push(line);
    else if (last?.kind === 'skipped') shown[shown.length - 1] = { kind: 'skipped', lines: last.lines + 1 };
    else shown.push({ kind: 'skipped', lines: 1 });
  }
  return shown;
}
