import { setTimeout as wait } from 'node:timers/promises';
import {
  bytesToHex,
  bytesToJson,
  chunkListMessage,
  limits,
  logMessage,
  paths,
  positionMessage,
  protocolVersions,
  type ChunkName,
  type LogId,
  type LogMessage,
} from '@dataans/core';
import * as v from 'valibot';
import { blameOneChunk } from '../chunks/blame-one-chunk.ts';
import type { ChunkSource } from '../chunks/chunk-store.ts';
import type { LogSource } from '../log/log-source.ts';
import { SourceError } from '../stores/source-error.ts';
import { createAskRemote, type AskRemote, type RemotePlace, type Surroundings } from './ask-remote.ts';

export interface RemoteServer {
  readonly log: LogSource;
  readonly chunks: Pick<ChunkSource, 'list' | 'read'>;
}

/** What a server over HTTP keeps of the account that lets us in. Rejects, here and later, with `SourceError`. // SRV-150 */
export async function openRemote(
  place: RemotePlace,
  surroundings: Surroundings = { fetch, wait },
): Promise<RemoteServer> {
  const remote = { ...createAskRemote(place, surroundings), parse: createParse(place.address) };
  const { log, protocol } = await readLog(remote);
  if (protocol.min > protocolVersions.max || protocol.max < protocolVersions.min)
    throw new SourceError(`${place.address} speaks another version of the protocol.`, oneVersion);
  return {
    log: createRemoteLog(remote, log),
    chunks: blameOneChunk(createRemoteChunks(remote, log), () => readLog(remote)),
  };
}

interface Remote extends AskRemote {
  readonly parse: Parse;
}

const oneVersion = 'Bring this program and the server to one version';
const jsonBytesMax = limits.jsonBodyBytesMax;

/** An answer to a question, as what it must be. Throws `SourceError` if it is not. */
type Parse = <Shape extends v.GenericSchema>(
  path: string,
  shape: Shape,
  bytes: Uint8Array,
) => v.InferOutput<Shape>;

function createParse(address: string): Parse {
  return (path, shape, bytes) => {
    const parsed = v.safeParse(shape, bytesToJson(bytes));
    if (parsed.success) return parsed.output;
    throw new SourceError(
      `${address} answered the question for ${path.split('?')[0]} with something else.`,
      oneVersion,
    );
  };
}

async function readLog({ ask, parse }: Remote): Promise<LogMessage> {
  return parse(paths.log, logMessage, await ask(paths.log, jsonBytesMax));
}

/** Each question names the log: one that took its place meanwhile is refused. // SRV-38 */
function createRemoteLog(remote: Remote, id: LogId): LogSource {
  const { askUnless, parse } = remote;
  return {
    id,
    head: async () => {
      const { log, head, chain } = await readLog(remote);
      return { log, seq: head, chain: Buffer.from(chain, 'hex') };
    },
    chainAt: async (seq) => {
      const path = paths.logAt(seq);
      const bytes = await askUnless('not-found', path, jsonBytesMax);
      return bytes === null ? null : Buffer.from(parse(path, positionMessage, bytes).chain, 'hex');
    },
    readPage: async ({ after, chain, operationsMax, bytesMax }) => {
      const query = new URLSearchParams({ log: id, after: String(after), limit: String(operationsMax) });
      if (chain !== null) query.set('chain', bytesToHex(chain));
      const frames = await askUnless('log-diverged', `${paths.operations}?${query}`, bytesMax);
      return frames === null ? { ok: false } : { ok: true, frames };
    },
    account: () => askUnless('not-found', `${paths.account}?log=${id}`, limits.accountBytesMax),
  };
}

function createRemoteChunks({ ask, askUnless, parse }: Remote, log: LogId): RemoteServer['chunks'] {
  return {
    list: async (after, limit) => {
      const query = new URLSearchParams({ log, limit: String(limit), ...(after !== null && { after }) });
      const path = `${paths.chunks}?${query}`;
      return parse(path, chunksBehind(after), await ask(path, jsonBytesMax)).chunks;
    },
    read: async (name) => {
      const bytes = await askUnless('not-found', paths.chunk(name), limits.chunkBytesMax);
      if (bytes === null) return null;
      const size = bytes.length;
      return { size, span: { start: 0, end: size }, body: new Blob([bytes]).stream() };
    },
  };
}

/** Names that do not go on could be listed for ever. */
function chunksBehind(after: ChunkName | null) {
  return v.pipe(
    chunkListMessage,
    v.check(({ chunks }) =>
      chunks.every(({ name }, place) => name > (chunks[place - 1]?.name ?? after ?? '')),
    ),
  );
}
