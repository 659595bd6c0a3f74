type Release = () => unknown;

/** A test, or whatever else comes to an end. */
export interface TestScope {
  after(release: () => Promise<void>): void;
}

const releasesByTest = new WeakMap<TestScope, Release[]>();

/** Gives back what a test took when it is over: what was taken last goes first, whatever the others do. */
export function afterTest(t: TestScope, release: Release): void {
  const known = releasesByTest.get(t);
  if (known !== undefined) return void known.push(release);
  const releases = [release];
  releasesByTest.set(t, releases);
  t.after(() => releaseAll(releases));
}

async function releaseAll(releases: readonly Release[]): Promise<void> {
  const failures: unknown[] = [];
  for (const release of releases.toReversed()) {
    try {
      await release();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Cleaning up failed.');
}
