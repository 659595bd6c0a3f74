import { bytesToHex, hexToBytes, type Keyring } from '@dataans/core';
import type { PlainKeyring, VectorFile } from '../shapes.ts';

/** One vector, ready to be run. */
export interface VectorCheck {
  /** The file, and what the vector is about. */
  readonly title: string;
  /** Rejects with what is different where the vector does not hold. */
  run(): Promise<void>;
}

/** What an implementation makes of a case that must be refused: the stage that refused it, or `accepted`. */
type Refuse<Refused> = (refused: Refused) => Promise<string> | string;

/** The checks of one file: what `give` makes of a valid case is what is expected, and every fault is refused. */
export function checkFile<Valid, Refused>(
  name: string,
  file: VectorFile<Valid, Refused>,
  holds: (valid: Valid) => Promise<void> | void,
  stageOf: Refuse<Refused>,
): readonly VectorCheck[] {
  return [
    ...checkEach(name, file.valid, holds),
    ...checkEach(`${name}, refused`, file.refused, async (refused) =>
      expectSame(await stageOf(refused), refused.expect),
    ),
  ];
}

export function checkEach<Case extends { readonly title: string }>(
  name: string,
  cases: readonly Case[],
  holds: (one: Case) => Promise<void> | void,
): readonly VectorCheck[] {
  return cases.map((one) => ({ title: `${name}: ${one.title}`, run: async () => holds(one) }));
}

/** Byte strings compare as hexadecimal, everything else as JSON in which the order of members is not seen. */
export function expectSame(actual: unknown, expected: unknown): void {
  const [is, shouldBe] = [canonicalJson(actual), canonicalJson(expected)];
  if (is !== shouldBe) throw new Error(`expected ${shorten(shouldBe)}, got ${shorten(is)}`);
}

export function fromHex(hex: string): Uint8Array {
  const bytes = hexToBytes(hex);
  if (bytes === null) throw new TypeError(`Not hexadecimal: ${hex}`);
  return bytes;
}

export function readKeyring({ current, keys }: PlainKeyring): Keyring {
  // The vectors are ours; a key id of another form would fail at its first use.
  return {
    current: current as Keyring['current'],
    keys: keys.map(({ id, secret }) => ({ id: id as Keyring['current'], secret: fromHex(secret) })),
  };
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => {
    if (member instanceof Uint8Array) return bytesToHex(member);
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function shorten(json: string): string {
  return json.length <= 500 ? json : `${json.slice(0, 500)}…`;
}
