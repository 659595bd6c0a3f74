import {
  chunkNamesMessage,
  limits,
  parseChunkName,
  paths,
  type ChunkName,
  type ChunkNamesMessage,
} from '@dataans/core';
import type { ChunkStore } from '../chunks/chunk-store.ts';
import type { LogStore } from '../log/log-store.ts';
import { Refusal } from '../problems/refusal.ts';
import { parseRange } from './range.ts';
import { boundedBody, readJson } from './read-body.ts';
import { requireLog } from './require-log.ts';
import { jsonResponse } from './responses.ts';
import type { Call, Route } from './route.ts';

const chunkPath = '/v1/chunks/:name';
const mediaType = 'application/octet-stream';

interface ChunksDependencies {
  readonly log: Pick<LogStore, 'id'>;
  readonly chunks: ChunkStore;
}

/** Sealed pieces of files. */
export function chunksRoutes({ log, chunks }: ChunksDependencies): readonly Route[] {
  return [
    {
      method: 'POST',
      path: paths.chunksMissing,
      access: 'identified',
      handle: async (call) => {
        requireLog(log, call);
        const { names } = await readJson(
          call,
          chunkNamesMessage,
          `"names" with at most ${limits.missingNamesMax} chunk names`,
        );
        return jsonResponse({ names: [...(await chunks.missing(names))] } satisfies ChunkNamesMessage);
      },
    },
    {
      method: 'PUT',
      path: chunkPath,
      access: 'identified',
      handle: async (call) => {
        requireLog(log, call);
        const outcome = await chunks.put(readName(call), boundedBody(call, limits.chunkBytesMax));
        // SRV-16
        if (outcome === 'mismatch')
          throw new Refusal(
            'chunk-mismatch',
            "The SHA-256 of the body isn't the chunk's name, so nothing was stored. Send the chunk again.",
          );
        return new Response(null, { status: outcome === 'stored' ? 201 : 200 });
      },
    },
    {
      method: 'GET',
      path: chunkPath,
      access: 'identified',
      handle: (call) => readChunk(call, chunks),
    },
  ];
}

async function readChunk(call: Call, chunks: ChunkStore): Promise<Response> {
  const name = readName(call);
  const size = await chunks.size(name);
  if (size === null) throw notThere();
  // SRV-19
  const range = parseRange(call.req.header('range'), size);
  if (range === 'unsatisfiable')
    throw new Refusal('range-not-satisfiable', `The chunk has ${size} bytes. Ask for a range within them.`, {
      'content-range': `bytes */${size}`,
    });
  const span = range === 'whole' ? { start: 0, end: size } : range;
  const body = call.req.raw.method === 'HEAD' ? null : await chunks.read(name, span);
  if (body === null && call.req.raw.method !== 'HEAD') throw notThere();
  return new Response(body, {
    status: range === 'whole' ? 200 : 206,
    headers: {
      'content-type': mediaType,
      'content-length': String(span.end - span.start),
      'accept-ranges': 'bytes',
      ...(range !== 'whole' && { 'content-range': `bytes ${span.start}-${span.end - 1}/${size}` }),
    },
  });
}

/** No path is made of anything but a chunk name. // SRV-20 */
function readName(call: Call): ChunkName {
  const name = parseChunkName(call.req.param('name') ?? '');
  if (name === null)
    throw new Refusal('malformed-request', 'A chunk name is 64 lower-case hexadecimal digits.');
  return name;
}

function notThere(): Refusal {
  return new Refusal('not-found', "The server doesn't have this chunk. A device that has it must send it.");
}
