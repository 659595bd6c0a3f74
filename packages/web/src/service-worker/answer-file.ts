import { shownType, unknownType } from '../files/shown-type.ts';
import { readRange } from './file-range.ts';
import type { OpenFile, Opened } from './open-file.ts';

/** As long as a chunk: reads that end where one ends open none of them twice. */
const pieceBytes = 1_000_000;

/**
 * A file of a note, or a part of it, as a browser asks for it to play it. Whatever it is, and whatever it says that it is, nothing
 * of it can run as a page of ours.
 *
 * @param asked its `Range`
 */
export async function answerFile(opened: Opened, asked: string | null): Promise<Response> {
  if (opened.kind === 'refused')
    return new Response(null, { status: opened.why === 'unknown' ? 404 : 503, headers: harmless });
  const { bytes } = opened.file;
  const range = readRange(asked, bytes);
  if (range.kind === 'none') {
    opened.close();
    return new Response(null, { status: 416, headers: { ...harmless, 'content-range': `bytes */${bytes}` } });
  }
  const { from, to, kind } = range;
  const headers = {
    ...describe(opened.file),
    'accept-ranges': 'bytes',
    'content-length': String(to - from),
    ...(kind === 'part' && { 'content-range': `bytes ${from}-${to - 1}/${bytes}` }),
  };
  try {
    const first = await readPiece(opened, from, to);
    return new Response(streamFrom(opened, first, from + first.length, to), {
      status: kind === 'part' ? 206 : 200,
      headers,
    });
  } catch {
    opened.close();
    return new Response(null, { status: 503, headers: harmless });
  }
}

/** No script, no form, no frame, no origin of its own, nothing from elsewhere; and no trace in a cache. */
const harmless = {
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

function describe({ name, type }: OpenFile['file']): Readonly<Record<string, string>> {
  const shown = shownType({ name, type });
  const disposition = shown === unknownType ? 'attachment' : 'inline';
  return {
    ...harmless,
    'content-type': shown,
    'content-disposition': `${disposition}; filename*=UTF-8''${encodeName(name)}`,
  };
}

/** As a header has it. A lone half of a symbol, which no name should have, has no bytes. */
function encodeName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

async function readPiece(opened: OpenFile, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  const end = Math.min(to, (Math.floor(from / pieceBytes) + 1) * pieceBytes);
  return from < end ? opened.read(from, end) : new Uint8Array();
}

/** Nothing is read before somebody takes what was read before. */
function streamFrom(
  opened: OpenFile,
  first: Uint8Array<ArrayBuffer>,
  from: number,
  to: number,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = from;
  const pull = async (stream: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): Promise<void> => {
    try {
      if (at < to) {
        const piece = await readPiece(opened, at, to);
        at += piece.length;
        stream.enqueue(piece);
      }
      if (at < to) return;
      stream.close();
      opened.close();
    } catch (error) {
      opened.close();
      throw error;
    }
  };
  const start = async (stream: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): Promise<void> => {
    if (first.length > 0) stream.enqueue(first);
    if (at >= to) await pull(stream);
  };
  return new ReadableStream({ start, pull, cancel: () => opened.close() }, { highWaterMark: 0 });
}
