/** In a page `node:test` is this: it collects what the suites register, to be run on demand. */
export interface RegisteredTest {
  readonly title: string;
  readonly run: () => void | Promise<void>;
}

const registered: RegisteredTest[] = [];
let suite = '';

export function describe(title: string, register: () => void): void {
  const outer = suite;
  suite = `${outer}${title}: `;
  register();
  suite = outer;
}

export function test(title: string, run: () => void | Promise<void>): void {
  registered.push({ title: suite + title, run });
}

export interface TestOutcome {
  readonly title: string;
  /** `null` where it passed. */
  readonly failure: string | null;
}

export async function runRegisteredTests(): Promise<readonly TestOutcome[]> {
  const outcomes: TestOutcome[] = [];
  for (const { title, run } of registered) {
    try {
      await run();
      outcomes.push({ title, failure: null });
    } catch (error) {
      outcomes.push({ title, failure: describeFailure(error) });
    }
  }
  return outcomes;
}

function describeFailure(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
