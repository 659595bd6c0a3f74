/**
 * Limits of the product while a simulation runs: so small that a few dozen operations make many pages and
 * batches, and a file of a few hundred bytes several chunks. The sources stay as they are; they are read with
 * these numbers in the place of theirs.
 */
const smallLimits: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'packages/core/src/limits.ts': {
    batchOperationsMax: '5',
    batchBytesMax: '4_096',
    operationBytesMax: '3_300',
    pieceBytesMax: '192',
    missingNamesMax: '4',
  },
  'packages/client/src/sync/read-pages.ts': { firstPageOperations: '3' },
  'packages/client/src/sync/push.ts': { firstBatchOperations: '3' },
  'packages/client/src/sync/require-own-account.ts': { provingEntries: '4' },
};

/** @throws Error where a limit is not where it is looked for */
export function shrinkLimits(file: string, source: string): string {
  let small = source;
  for (const [name, value] of Object.entries(smallLimits[file] ?? {})) {
    const declaration = new RegExp(`(const ${name} = )[^;]+;`);
    if (!declaration.test(small)) throw new Error(`${file} has no limit ${name}.`);
    small = small.replace(declaration, `$1${value};`);
  }
  return small;
}

export function hasLimits(file: string): boolean {
  return file in smallLimits;
}
