interface ForbiddenWord {
  readonly pattern: RegExp;
  readonly why: string;
  /** Files where it is right, each with its reason. */
  readonly allowed: Readonly<Record<string, string>>;
}

const forbiddenWords: readonly ForbiddenWord[] = [
  { pattern: /(?<![\w.-])\/(?:work|root|tmp\/brief)\//, why: "a path of somebody's machine", allowed: {} },
  { pattern: /(?<![\w.-])\/(?:home|Users)\/[a-z]\w*\//, why: "a path of somebody's machine", allowed: {} },
  {
    pattern:
      /\b(?:registry|npm|pypi|mirrors?|artifactory|nexus|verdaccio)\.[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b/i,
    why: 'the host of a package registry',
    allowed: {},
  },
  {
    pattern: /\b(?:registry\.npmjs\.org|registry\.yarnpkg\.com)\b/,
    why: 'the host of a package registry',
    allowed: {},
  },
  { pattern: /"resolved": "(?:https?|git)\b/, why: 'a locked package is bound to a host', allowed: {} },
  { pattern: /\b(?:TO-?DO|FIX-?ME)\b/, why: 'unfinished: do it, or file an issue', allowed: {} },
];

/** Lines of a file with what has no place in the repository. */
export function findForbiddenWords(path: string, text: string): readonly string[] {
  return forbiddenWords
    .filter(({ allowed }) => !(path in allowed))
    .flatMap(({ pattern, why }) =>
      text.split('\n').flatMap((line, index) => {
        const [found] = pattern.exec(line) ?? [];
        return found === undefined ? [] : [`${path}:${index + 1}: ${found}: ${why}`];
      }),
    );
}
