/** What one process of a run of tests loads, in this order. */
export interface TestProcess {
  readonly name: string;
  readonly files: readonly string[];
}

/** More would make one process the last of all to end. */
const filesMax = 30;

/** They take longest, and would be the last to end if they began last. */
const slowest = /^tests\/(simulation|bad-input|browser|app|dishonest|crash|end-to-end|release|sdk)\//;

/**
 * Which processes run the tests. Those beside the code share one for some tens of files, since a process takes longer to
 * start than most of them to run; a file that spans packages has one of its own, because it starts programs and ends them.
 */
export function planProcesses(files: readonly string[]): readonly TestProcess[] {
  const spanning = files.filter((path) => path.startsWith('tests/'));
  const alone = spanning.map((path) => ({ name: path, files: [path] }));
  const [first, later] = [alone.filter(isSlow), alone.filter((process) => !isSlow(process))];
  return [...first, ...sharedProcesses(files.filter((path) => !path.startsWith('tests/'))), ...later];
}

function isSlow({ name }: TestProcess): boolean {
  return slowest.test(name);
}

function sharedProcesses(files: readonly string[]): readonly TestProcess[] {
  const byRoom = Map.groupBy(files, (path) => /^packages\/[^/]+|^[^/]+/.exec(path)?.[0] ?? path);
  return [...byRoom].flatMap(([room, inRoom]) => {
    const count = Math.ceil(inRoom.length / filesMax);
    return Array.from({ length: count }, (_, index) => ({
      name: `${room} ${index + 1} of ${count}`,
      files: inRoom.filter((_path, place) => place % count === index),
    }));
  });
}
