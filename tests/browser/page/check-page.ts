import type { TestOutcome } from './registered-tests.ts';

/** What is run, and what it is called on the page. */
export interface CheckedPart {
  readonly title: string;
  readonly run: () => Promise<readonly TestOutcome[]>;
}

/** Runs what this browser has to be able to do, and says in words whether it can: for a person who opened `/?check`. */
export async function showCheck(parts: readonly CheckedPart[]): Promise<void> {
  const said = add('p', 'Checking this browser …', document.body);
  said.setAttribute('role', 'status');
  let all = 0;
  let failed = 0;
  for (const { title, run } of parts) {
    const section = add('section', '', document.body);
    const heading = add('h2', `${title}: running`, section);
    const outcomes = await run().catch((error: unknown) => [{ title, failure: String(error) }]);
    const failures = outcomes.filter(({ failure }) => failure !== null);
    all += outcomes.length;
    failed += failures.length;
    heading.textContent = `${title}: ${outcomes.length - failures.length} of ${outcomes.length} passed`;
    for (const { title: name, failure } of failures) add('pre', `${name}\n${failure ?? ''}`, section);
  }
  said.textContent =
    failed === 0
      ? `This browser passed all ${all} checks.`
      : `This browser failed ${failed} of ${all} checks.`;
}

function add(name: string, words: string, parent: HTMLElement): HTMLElement {
  const element = document.createElement(name);
  element.textContent = words;
  parent.append(element);
  return element;
}
