/** What an adversary of the threat model cannot do, and the tests that show it. */
export interface Claim {
  readonly text: string;
  readonly proofs: readonly Proof[];
}

export interface Proof {
  /** A rule's id, or the beginning of the title. */
  readonly title: string;
  /** From the folder of the document. */
  readonly path: string;
}

/** The items below each `They cannot:`. */
export function findClaims(markdown: string): readonly Claim[] {
  const lists = markdown.matchAll(/^They cannot:\n\n(?<list>(?:(?:- |  ).*\n)+)/gm);
  return Array.from(lists, ({ groups }) => groups?.['list'] ?? '')
    .flatMap((list) => list.split(/^- /m).slice(1))
    .map((item) => item.replaceAll(/\s+/g, ' ').trim())
    .map((text) => ({ text, proofs: findProofs(text) }));
}

function findProofs(text: string): readonly Proof[] {
  return Array.from(text.matchAll(/\[([^\]]+)\]\(([^)]+\.test\.ts)\)/g), ([, title = '', path = '']) => ({
    title,
    path,
  }));
}

/** The file has a test whose title begins so, after the ids of rules, or with that id among them. */
export function hasTest(source: string, title: string): boolean {
  const titles = Array.from(
    source.matchAll(/(?<![\w.])(?:test|it|t\.test)\(\s*(['"`])(.*?)\1/g),
    ([, , text = '']) => text,
  );
  return titles.some((found) => {
    const [ids = ''] = /^(?:\[[A-Z]+-\d+\]\s*)*/.exec(found) ?? [];
    return ids.includes(`[${title}]`) || found.slice(ids.length).startsWith(title);
  });
}
