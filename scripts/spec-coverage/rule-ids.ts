/** A place where a rule's id stands. */
export interface RuleMention {
  readonly id: string;
  readonly path: string;
}

/** Rules that a document of the specification defines: a bold id that opens a paragraph or a list item. */
export function definedRules(path: string, markdown: string): readonly RuleMention[] {
  const withoutCode = markdown.replaceAll(/^(```|~~~)[^]*?^\1/gm, '');
  const definitions = withoutCode.matchAll(/^\s*(?:[-*+]\s+|\d+\.\s+)?\*\*([A-Z]{2,5}-\d+)\*\*/gm);
  return Array.from(definitions, ([, id = '']) => ({ id, path }));
}

/** Rules that the titles of tests start with. A test that is skipped or still to be written holds nothing. */
export function testedRules(path: string, source: string): readonly RuleMention[] {
  const code = source.replaceAll(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
  const calls = code.matchAll(/([\w.]+)\(\s*['"`]((?:\[[A-Z]{2,5}-\d+\]\s*)+)/g);
  return Array.from(calls)
    .filter(([, callee = '']) => !/\.(skip|todo)$/.test(callee))
    .flatMap(([, , ids = '']) => ids.match(/[A-Z]{2,5}-\d+/g) ?? [])
    .map((id) => ({ id, path }));
}

/** Rules that comments in the code refer to, with whatever else looks like one (`SHA-256`). */
export function citedRules(path: string, source: string): readonly RuleMention[] {
  const comments = source.match(/\/\/.*$|^\s*\/?\*.*$/gm) ?? [];
  return comments
    .flatMap((comment) => comment.match(/\b[A-Z]{2,5}-\d+\b/g) ?? [])
    .map((id) => ({ id, path }));
}
