import * as v from 'valibot';
import { isChunkName } from '../ids/chunk-name.ts';
import { isUuid } from '../ids/uuid.ts';
import type { LogId, OperationId } from '../ids/uuid.ts';
import type { ChunkName } from '../ids/chunk-name.ts';
import { listedChunksMax, missingNamesMax } from '../limits.ts';

/** Versions of the protocol that this code speaks, both ends included. */
export const protocolVersions = { min: 1, max: 1 } as const;

/** Response header with the head of the log, on `GET /v1/operations`. */
export const headHeader = 'dataans-head';

/**
 * Hexadecimal SHA-256 of the account record that the server keeps: on pages and acknowledgements, so that a change of it
 * shows without another question, and on a batch that is only for a server with this one. // SRV-70
 */
export const accountHeader = 'dataans-account';

/** Marks every answer of a Dataans server, so that a proxy's page is never taken for one. */
export const serverHeader = 'dataans';

const sequence = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const chain = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
// The guards prove the shape; the brand says which id the field holds.
const logId = v.custom<LogId>(isUuid);
const operationId = v.custom<OperationId>(isUuid);
const chunkName = v.custom<ChunkName>(isChunkName);

/** Answer of `GET /v1/log`. Here and below, members that are not named are passed over. // MSG-1 */
export const logMessage = v.object({
  server: v.literal('dataans'),
  protocol: v.object({ min: sequence, max: sequence }),
  log: logId,
  head: sequence,
  chain,
  limits: v.object({
    batchOperationsMax: sequence,
    batchBytesMax: sequence,
    envelopeBytesMax: sequence,
    chunkBytesMax: sequence,
    accountBytesMax: sequence,
    missingNamesMax: sequence,
  }),
});
export type LogMessage = v.InferOutput<typeof logMessage>;

/** Answer of `GET /v1/log/{seq}`. */
export const positionMessage = v.object({ seq: sequence, chain });
export type PositionMessage = v.InferOutput<typeof positionMessage>;

/**
 * Answer of `POST /v1/operations`: the head before and after the batch, the chain at the head after
 * it, and the places in the batch (from 0) of operations that the log already had. All others are
 * stored now, in the order of the batch, from `before + 1` on.
 */
export const appendedMessage = v.object({
  before: sequence,
  head: sequence,
  chain,
  already: v.array(sequence),
});
export type AppendedMessage = v.InferOutput<typeof appendedMessage>;

/** Body of `POST /v1/operations/missing`, and its answer: those of them that the log has not. // MSG-2 */
export const operationIdsMessage = v.object({
  ids: v.pipe(v.array(operationId), v.maxLength(missingNamesMax)),
});
export type OperationIdsMessage = v.InferOutput<typeof operationIdsMessage>;

/** Body of `POST /v1/chunks/missing`, and its answer: those of them that the server has not. // MSG-2 */
export const chunkNamesMessage = v.object({
  names: v.pipe(v.array(chunkName), v.maxLength(missingNamesMax)),
});
export type ChunkNamesMessage = v.InferOutput<typeof chunkNamesMessage>;

interface ListedChunk {
  readonly name: ChunkName;
  readonly size: number;
}
// Named, so that declarations for the packed SDK can say it.
const listedChunk: v.GenericSchema<ListedChunk> = v.object({ name: chunkName, size: sequence });

/** Answer of `GET /v1/chunks`: chunks that the server has, with their sizes in bytes, in the order of names. // SRV-90 */
export const chunkListMessage = v.object({
  chunks: v.pipe(v.array(listedChunk), v.maxLength(listedChunksMax)),
});
export type ChunkListMessage = v.InferOutput<typeof chunkListMessage>;

/** Data of each `head` event of `GET /v1/events`. */
export const headMessage = v.object({ head: sequence, chain });
export type HeadMessage = v.InferOutput<typeof headMessage>;

/** Answer of `GET /v1/session`: who the server thinks is calling, and until when (ISO 8601; null: for good). */
export const sessionMessage = v.object({
  method: v.string(),
  name: v.string(),
  expires: v.nullable(v.string()),
});
export type SessionMessage = v.InferOutput<typeof sessionMessage>;
