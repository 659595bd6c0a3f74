import {
  handOverDeviceCharactersMax,
  isHandOverKey,
  isHandOverState,
  type HandOverReceiver,
} from '@dataans/core';

/** What a waiting command asks for. */
export interface HandOverQuestion extends HandOverReceiver {
  /** What the person knows the device by. */
  readonly device: string;
}

const names = ['port', 'state', 'key', 'device'] as const;
const portMin = 1_024;
const portMax = 65_535;
// A zero-width joiner holds emoji together.
const unprintable = /(?!\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** The question in the query of an address; `null` where it is none. // HND-2 */
export function parseHandOverQuestion(query: URLSearchParams): HandOverQuestion | null {
  const [port = '', state = '', key = '', device = ''] = names.map((name) => query.get(name) ?? '');
  if (query.size !== names.length) return null;
  const isQuestion = isPort(port) && isHandOverState(state) && isHandOverKey(key) && isDeviceName(device);
  return isQuestion ? { port: Number(port), state, key, device } : null;
}

/** What a command asked that had no key yet. */
export function isFormerQuestion(query: URLSearchParams): boolean {
  return query.has('port') && query.has('state') && !query.has('key');
}

function isPort(text: string): boolean {
  return /^[1-9]\d{3,4}$/.test(text) && Number(text) >= portMin && Number(text) <= portMax;
}

function isDeviceName(text: string): boolean {
  const { length } = Array.from(text);
  return length > 0 && length <= handOverDeviceCharactersMax && !unprintable.test(text);
}
