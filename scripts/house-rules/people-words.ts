/** An expression that readers of messages and guides stumble over, and what to say. */
interface StopWord {
  readonly pattern: RegExp;
  readonly instead: string;
  /** Files where it is right, each with its reason. */
  readonly allowed: Readonly<Record<string, string>>;
}

const stopWords: readonly StopWord[] = [
  { pattern: /\banew\b/, instead: 'again, or from scratch', allowed: {} },
  { pattern: /\bwhom\b|\bof which\b/, instead: 'two sentences', allowed: {} },
  { pattern: /\b(?:has|have) (?:not )?got\b/, instead: 'has, or does not have', allowed: {} },
  {
    pattern: /\bin force\b/,
    instead: 'active',
    allowed: {
      'packages/server/src/commands/token.ts': 'a state that --json has had from the beginning',
    },
  },
  { pattern: /\bmake room\b/i, instead: 'free up space', allowed: {} },
  { pattern: /\bput back\b/i, instead: 'restore', allowed: {} },
  { pattern: /\bso no more\b/, instead: 'stop showing', allowed: {} },
  { pattern: /\bthat is none\b|\bis no (?:time|text|option|command)\b/, instead: "isn't a …", allowed: {} },
  { pattern: /\bsee that\b/i, instead: 'check', allowed: {} },
  { pattern: /\bwhat (?:came|waits|it takes)\b/, instead: 'a noun', allowed: {} },
  { pattern: /\bby itself\b/, instead: 'on its own, or automatically', allowed: {} },
  { pattern: /\bmay come in\b|\blets? in\b/, instead: 'allowed, or signed in', allowed: {} },
  { pattern: /\b(?:stands|sign-in|login|proxy) before\b/, instead: 'in front of', allowed: {} },
  { pattern: /\bnobody .* how\b/, instead: 'the person who acts', allowed: {} },
  {
    pattern: /\bwhere (?:there (?:is|are)|nobody|no)\b/,
    instead: 'if',
    allowed: { 'packages/client/src/store/schema.ts': 'comments inside SQL' },
  },
];

/** The engine serves every program, so it names none: no command, no option of one. */
const programNames = /\bdataans(?:-server)? [a-z]|`dataans(?!\/)|(?<![\w-])--(?:home|acknowledge|deep|yes)\b/;

/** Lines of a guide, or of a source outside of its comments, with what the voice of the project does not say. */
export function findStopWords(path: string, text: string): readonly string[] {
  return stopWords
    .filter(({ allowed }) => !(path in allowed))
    .flatMap(({ pattern, instead }) =>
      findLines(path, text, pattern).map(
        ({ where, found }) => `${where}: “${found}”: say it plainly (${instead})`,
      ),
    );
}

/** Lines of the engine that name a program. */
export function findProgramNames(path: string, text: string): readonly string[] {
  return findLines(path, text, programNames).map(
    ({ where, found }) => `${where}: “${found}”: the engine names no program; see packages/cli/src/words`,
  );
}

function findLines(path: string, text: string, pattern: RegExp): readonly { where: string; found: string }[] {
  const said = path.endsWith('.md') ? text : withoutComments(text);
  return said.split('\n').flatMap((line, index) => {
    const [found] = pattern.exec(line) ?? [];
    return found === undefined ? [] : [{ where: `${path}:${index + 1}`, found }];
  });
}

/** With as many lines as before. A comment behind code has a blank before it, and an address in a string has none. */
function withoutComments(source: string): string {
  return source
    .replaceAll(/\/\*[^]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ''))
    .replaceAll(/(^|\s)\/\/ .*$/gm, '$1');
}

/** Whether people read what is in this file: sources of programs without their tests, and the guides. */
export function isReadByPeople(path: string): boolean {
  if (guides.has(path)) return true;
  return /^packages\/[a-z]+\/src\/.*\.tsx?$/.test(path) && !isOfTests(path);
}

/** Whether this file is a part of the engine, which knows no program. */
export function isOfEngine(path: string): boolean {
  return /^packages\/(?:core|client)\/src\/.*\.ts$/.test(path) && !isOfTests(path);
}

const guides: ReadonlySet<string> = new Set([
  'README.md',
  'docs/auth.md',
  'docs/cli.md',
  'docs/operating.md',
  'docs/sdk.md',
  'docs/threat-model.md',
]);

function isOfTests(path: string): boolean {
  return /\.(?:test|contract|fixture|arbitrary|example)\.tsx?$|\/testing\//.test(path);
}
