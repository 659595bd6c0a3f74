import { utf8ToBytes } from '@dataans/core';

type ExtraHeaders = Readonly<Record<string, string>>;

export function jsonResponse(value: unknown, headers: ExtraHeaders = {}, status = 200): Response {
  return bytesResponse(utf8ToBytes(JSON.stringify(value)), 'application/json', headers, status);
}

export function bytesResponse(
  bytes: Uint8Array,
  mediaType: string,
  headers: ExtraHeaders = {},
  status = 200,
): Response {
  // Bytes that we made ourselves never lie in shared memory.
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    status,
    headers: { 'content-type': mediaType, 'content-length': String(bytes.length), ...headers },
  });
}
