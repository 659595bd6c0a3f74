const block = /^```(?:ts|html) title="(?<title>[^"\n]+)"\n(?<code>.*?)^```$/gms;

export interface Example {
  /** Name of its file. */
  readonly title: string;
  readonly code: string;
}

/** The programs of a document: what stands in ```` ```ts title="name.ts" ```` and the like. */
export function findExamples(markdown: string): readonly Example[] {
  return [...markdown.matchAll(block)].map(({ groups }) => ({
    title: groups?.['title'] ?? '',
    code: groups?.['code'] ?? '',
  }));
}
