import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What AWS Signature Version 4 makes of a request, computed apart from the library that signs. */
export function signatureOf(
  request: IncomingMessage,
  { region, secret }: { readonly region: string; readonly secret: string },
): string {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bucket.example');
  const header = (name: string): string => String(request.headers[name] ?? '');
  const signed = /SignedHeaders=([a-z0-9;-]+)/.exec(header('authorization'))?.[1] ?? '';
  const time = header('x-amz-date');
  const canonical = [
    request.method,
    pathname,
    [...searchParams]
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .toSorted()
      .join('&'),
    ...signed.split(';').map((name) => `${name}:${header(name)}`),
    '',
    signed,
    header('x-amz-content-sha256'),
  ].join('\n');
  const scope = [time.slice(0, 8), region, 's3', 'aws4_request'];
  const toSign = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256Hex(canonical)].join('\n');
  const key = scope.reduce<string | Buffer>((by, text) => hmac(by, text), `AWS4${secret}`);
  return hmac(key, toSign).toString('hex');
}

export function sha256Hex(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
