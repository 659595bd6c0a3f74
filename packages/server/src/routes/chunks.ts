import {
  chunkNamesMessage,
  limits,
  parseChunkName,
  paths,
  type ChunkListMessage,
  type ChunkName,
  type ChunkNamesMessage,
} from '@dataans/core';
import type { Accounts } from '../accounts/accounts.ts';
import type { ChunkRange, ChunkStore, ReadChunk } from '../chunks/chunk-store.ts';
import { resolveRange } from '../chunks/resolve-range.ts';
import { Refusal } from '../problems/refusal.ts';
import { parseCount } from './query.ts';
import { parseRange } from './range.ts';
import { boundedBody, readJson } from './read-body.ts';
import { storesMeant } from './stores-meant.ts';
import { jsonResponse } from './responses.ts';
import type { Call, Route } from './route.ts';

const chunkPath = `${paths.chunks}/:name`;
const mediaType = 'application/octet-stream';

interface ChunksDependencies {
  readonly accounts: Accounts;
}

/** Sealed pieces of files. */
export function chunksRoutes({ accounts }: ChunksDependencies): readonly Route[] {
  return [
    {
      method: 'GET',
      path: paths.chunks,
      access: 'identified',
      handle: async (call, identity) => {
        const { chunks } = await storesMeant(accounts, call, identity);
        const { after, limit } = readListQuery(call);
        // SRV-90
        return jsonResponse({ chunks: [...(await chunks.list(after, limit))] } satisfies ChunkListMessage);
      },
    },
    {
      method: 'POST',
      path: paths.chunksMissing,
      access: 'identified',
      handle: async (call, identity) => {
        const { chunks } = await storesMeant(accounts, call, identity);
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
      handle: async (call, identity) => {
        const { chunks } = await storesMeant(accounts, call, identity);
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
      handle: async (call, identity) => readChunk(call, (await accounts.of(identity)).chunks),
    },
  ];
}

function readListQuery(call: Call): { readonly after: ChunkName | null; readonly limit: number } {
  const after = call.req.query('after') ?? null;
  const limit = parseCount(call.req.query('limit') ?? String(limits.listedChunksMax)) ?? 0;
  if (limit < 1 || limit > limits.listedChunksMax)
    throw new Refusal(
      'malformed-request',
      `"limit" must be a whole number from 1 to ${limits.listedChunksMax}.`,
    );
  return { after: after === null ? null : requireName(after), limit };
}

async function readChunk(call: Call, chunks: ChunkStore): Promise<Response> {
  const name = readName(call);
  const range = parseRange(call.req.header('range'));
  const read =
    call.req.raw.method === 'HEAD' ? await describe(chunks, name, range) : await chunks.read(name, range);
  if (read === null) throw notThere();
  if (read === 'unsatisfiable') throw await unsatisfiable(chunks, name);
  const { size, span, body } = read;
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

/** What a read would give, without its bytes. */
async function describe(
  chunks: ChunkStore,
  name: ChunkName,
  range: ChunkRange,
): Promise<(Omit<ReadChunk, 'body'> & { readonly body: null }) | 'unsatisfiable' | null> {
  const size = await chunks.size(name);
  if (size === null) return null;
  const span = resolveRange(range, size);
  return span === 'unsatisfiable' ? span : { size, span, body: null };
}

// SRV-19
async function unsatisfiable(chunks: ChunkStore, name: ChunkName): Promise<Refusal> {
  const size = await chunks.size(name);
  if (size === null) return notThere();
  return new Refusal('range-not-satisfiable', `The chunk has ${size} bytes. Ask for a range within them.`, {
    'content-range': `bytes */${size}`,
  });
}

function readName(call: Call): ChunkName {
  return requireName(call.req.param('name') ?? '');
}

/** No path is made of anything but a chunk name. // SRV-20 */
function requireName(text: string): ChunkName {
  const name = parseChunkName(text);
  if (name === null)
    throw new Refusal('malformed-request', 'A chunk name is 64 lower-case hexadecimal digits.');
  return name;
}

function notThere(): Refusal {
  return new Refusal('not-found', "The server doesn't have this chunk. A device that has it must send it.");
}
