import { bytesToUtf8 } from './bytes.ts';

/** The value of a JSON text in UTF-8; `undefined`, which no JSON stands for, where the bytes are none. */
export function bytesToJson(bytes: Uint8Array): unknown {
  const text = bytesToUtf8(bytes);
  return text === null ? undefined : textToJson(text);
}

/** The value of a JSON text; `undefined` where it is none. */
export function textToJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
