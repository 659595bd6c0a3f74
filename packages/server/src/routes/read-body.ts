import * as v from 'valibot';
import { bytesToJson, concatBytes, limits } from '@dataans/core';
import { Refusal } from '../problems/refusal.ts';
import type { Call } from './route.ts';

/** The whole body, refused as soon as it is not what it says or over the bound. // SRV-4, SRV-5 */
export async function readBody(
  call: Call,
  { mediaType, bytesMax }: { readonly mediaType: string; readonly bytesMax: number },
): Promise<Uint8Array> {
  requireMediaType(call, mediaType);
  const pieces: Uint8Array[] = [];
  for await (const piece of boundedBody(call, bytesMax)) pieces.push(piece);
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : concatBytes(...pieces);
}

/** The body as JSON of a shape. // SRV-4, SRV-5 */
export async function readJson<Shape extends v.GenericSchema>(
  call: Call,
  shape: Shape,
  what: string,
): Promise<v.InferOutput<Shape>> {
  const bytes = await readBody(call, { mediaType: 'application/json', bytesMax: limits.jsonBodyBytesMax });
  const parsed = v.safeParse(shape, bytesToJson(bytes));
  if (!parsed.success) throw new Refusal('malformed-request', `The body must be JSON: ${what}.`);
  return parsed.output;
}

/** The body as it arrives, ending in a refusal when it is too large, cut off or of another length than it said. */
export async function* boundedBody(call: Call, bytesMax: number): AsyncGenerator<Uint8Array, void> {
  const declared = declaredBytes(call);
  if (declared !== null && declared > bytesMax) throw tooLarge(bytesMax);
  let received = 0;
  for await (const piece of piecesOf(call)) {
    received += piece.length;
    if (received > bytesMax) throw tooLarge(bytesMax);
    yield piece;
  }
  if (declared !== null && declared !== received) throw cutOff();
}

function requireMediaType(call: Call, mediaType: string): void {
  const sent = (call.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (sent !== mediaType || call.req.header('content-encoding') !== undefined)
    throw new Refusal(
      'unsupported-media-type',
      `The body must be ${mediaType}, without a content encoding. Set Content-Type to it.`,
    );
}

function declaredBytes(call: Call): number | null {
  const header = call.req.header('content-length');
  if (header === undefined) return null;
  if (!/^\d{1,15}$/.test(header))
    throw new Refusal('malformed-request', 'Content-Length must be a number of bytes.');
  return Number(header);
}

async function* piecesOf(call: Call): AsyncGenerator<Uint8Array, void> {
  const body = call.env.body ?? call.req.raw.body;
  if (body === null) return;
  try {
    yield* body;
  } catch {
    // Reading a body only ever fails because its sender went away.
    throw cutOff();
  }
}

function tooLarge(bytesMax: number): Refusal {
  return new Refusal('too-large', `The body may have at most ${bytesMax} bytes. Send less at a time.`);
}

function cutOff(): Refusal {
  return new Refusal('malformed-request', 'The body was cut off. Send the request again.');
}
