import { relative } from 'node:path';
import type { EventData } from 'node:test';
import type { TestEvent } from 'node:test/reporters';

/** So much of an error is told once more: the rest stands where the test failed. */
const linesMax = 12;
const slowestMax = 15;

/**
 * Passes on what a run of tests tells, and before its summary the slowest processes, and each failure once more, so that
 * nobody need look for them.
 *
 * @param nameOf what a file that was run is called
 */
export async function* addSummary(
  events: AsyncIterable<TestEvent>,
  { root, nameOf }: { readonly root: string; readonly nameOf: (file: string) => string },
): AsyncGenerator<TestEvent> {
  const failures: string[] = [];
  const times: { readonly name: string; readonly seconds: number }[] = [];
  for await (const event of events) {
    if (event.type === 'test:fail') failures.push(...describeFailure(event.data, root));
    if (event.type === 'test:summary' && event.data.file !== undefined)
      times.push({ name: nameOf(event.data.file), seconds: event.data.duration_ms / 1000 });
    if (
      event.type === 'test:diagnostic' &&
      event.data.nesting === 0 &&
      event.data.message.startsWith('tests ')
    )
      for (const message of [...describeTimes(times), ...failures])
        yield { ...event, data: { ...event.data, message } };
    yield event;
  }
}

function describeFailure({ name, file, details }: EventData.TestFail, root: string): readonly string[] {
  const { message, failureType } = details.error as Error & { readonly failureType?: string };
  if (failureType === 'subtestsFailed') return []; // Each has told itself.
  const lines = message.split('\n').filter((line) => line.trim() !== '');
  const where = file === undefined ? '' : `${relative(root, file)}: `;
  return [`failed: ${where}${name}`, ...lines.slice(0, linesMax).map((line) => `  ${line}`)];
}

function describeTimes(
  times: readonly { readonly name: string; readonly seconds: number }[],
): readonly string[] {
  return times
    .toSorted((left, right) => right.seconds - left.seconds)
    .slice(0, slowestMax)
    .map(({ name, seconds }) => `${seconds.toFixed(0)} s: ${name}`);
}
