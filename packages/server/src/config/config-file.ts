import { readFileSync } from 'node:fs';
import { findClosest } from '@dataans/core';
import { exitCodes, OperatorError } from '../operator-error.ts';
import { errorText } from '../system-error.ts';
import { optionNames, type OptionName } from './options.ts';

/** A configuration file as it was read; the values are not yet judged. */
export interface ConfigFile {
  readonly path: string;
  readonly valueByOption: Readonly<Partial<Record<OptionName, string>>>;
}

/** Throws `OperatorError` where the file is not one, or has a key that means nothing. // SRV-30 */
export function readConfigFile(path: string): ConfigFile {
  return parseConfigFile(path, readText(path));
}

export function parseConfigFile(path: string, text: string): ConfigFile {
  const value = parseJson(path, text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuse(`${path} must be one JSON object, such as {"DATAANS_PORT": 8000}.`);
  const valueByOption: Partial<Record<OptionName, string>> = {};
  for (const [key, setting] of Object.entries(value)) {
    const name = optionNames.find((known) => known === key);
    if (name === undefined) throw refuse(unknownKeySentence(path, key));
    if (typeof setting !== 'string' && typeof setting !== 'number')
      throw refuse(`${key} in ${path} must be a text or a number.`);
    valueByOption[name] = String(setting);
  }
  return { path, valueByOption };
}

function unknownKeySentence(path: string, key: string): string {
  const closest = findClosest(key, optionNames);
  const advice = closest === null ? `The options are ${optionNames.join(', ')}.` : `Did you mean ${closest}?`;
  return `${path} has an unknown option ${JSON.stringify(key)}. ${advice}`;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw refuse(
      `Can't read the configuration file ${path} (${errorText(error)}). Check DATAANS_CONFIG or --config.`,
    );
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refuse(`${path} isn't valid JSON${placeOf(error)}. Correct it.`);
  }
}

/** Where the fault is: what the error says beside that repeats what is in the file, which may be a secret. */
function placeOf(error: unknown): string {
  const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(errorText(error)) ?? [];
  return line === undefined || column === undefined ? '' : ` at line ${line}, column ${column}`;
}

function refuse(sentence: string): OperatorError {
  return new OperatorError(sentence, { exitCode: exitCodes.usage });
}
