import type { RuleMention } from './rule-ids.ts';

export interface SpecMentions {
  readonly defined: readonly RuleMention[];
  readonly tested: readonly RuleMention[];
  readonly cited: readonly RuleMention[];
}

/** What does not fit between the specification, the tests and the code; a sentence for each. */
export function specFindings({ defined, tested, cited }: SpecMentions): readonly string[] {
  if (defined.length === 0) return ['docs/spec: no rule found'];
  const known = new Set(defined.map(({ id }) => id));
  const held = new Set(tested.map(({ id }) => id));
  const areas = new Set(defined.map(({ id }) => areaOf(id)));
  const findings = [
    ...repeated(defined).map(({ id, path }) => `${path}: ${id} is defined more than once`),
    ...defined.filter(({ id }) => !held.has(id)).map(({ id, path }) => `${path}: ${id} has no test`),
    ...tested
      .filter(({ id }) => !known.has(id))
      .map(({ id, path }) => `${path}: tests ${id}, which is no rule`),
    ...cited
      .filter(({ id }) => areas.has(areaOf(id)) && !known.has(id))
      .map(({ id, path }) => `${path}: cites ${id}, which is no rule`),
  ];
  return [...new Set(findings)];
}

function repeated(mentions: readonly RuleMention[]): readonly RuleMention[] {
  return mentions.filter(({ id }, index) => mentions.findIndex((other) => other.id === id) !== index);
}

function areaOf(id: string): string {
  return id.slice(0, id.indexOf('-'));
}
