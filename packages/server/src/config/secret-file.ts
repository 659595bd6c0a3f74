import { readFileSync } from 'node:fs';
import { exitCodes, OperatorError } from '../operator-error.ts';
import type { Parsed } from '../options/option.ts';
import { errorText } from '../system-error.ts';

/** What one of two options has: the secret itself, or a file with it. Throws `OperatorError` if both are set. */
export function chooseSecret<Value>(options: {
  /** The option that takes the secret itself; the one for a file has `_FILE` behind it. */
  readonly name: string;
  readonly secret: Value | null;
  readonly path: string | null;
  readonly parse: (text: string) => Parsed<Value>;
}): Value | null {
  const { name, secret, path, parse } = options;
  if (path === null) return secret;
  if (secret !== null) throw usage(`${name} and ${name}_FILE are both set. Remove one of them.`);
  const parsed = parse(readText(path, `${name}_FILE`).trim());
  if (parsed.ok) return parsed.value;
  throw usage(`The secret in ${path} must be ${parsed.mustBe}.`);
}

function readText(path: string, option: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw usage(`Can't read the secret in ${path} (${errorText(error)}). Check ${option}.`);
  }
}

function usage(sentence: string): OperatorError {
  return new OperatorError(sentence, { exitCode: exitCodes.usage });
}
