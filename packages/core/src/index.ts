export { concatBytes, equalBytes, bytesToUtf8, utf8ToBytes } from './bytes/bytes.ts';
export { base64urlToBytes, bytesToBase64url } from './bytes/base64url.ts';
export { bytesToHex, hexToBytes } from './bytes/hex.ts';
export { DataansError, type ErrorCode } from './errors/error-codes.ts';
export type { Branded } from './ids/brand.ts';
export {
  chunkNameToHash,
  hashToChunkName,
  isChunkName,
  packChunkNames,
  parseChunkName,
  unpackChunkNames,
  type ChunkName,
} from './ids/chunk-name.ts';
export {
  bytesToUuid,
  hashToUuid,
  isUuid,
  parseUuid,
  randomBytesToUuid,
  uuidToBytes,
  type DeviceId,
  type EntityId,
  type LogId,
  type OperationId,
  type Uuid,
} from './ids/uuid.ts';
export { parseAccountRecord, type AccountRecord, type KdfParameters } from './keys/account-record.ts';
export * as limits from './limits.ts';
export { chainFrames, extendChain, startChain, type Hash } from './protocol/chain.ts';
export {
  decodeFrames,
  encodeFrames,
  framesMediaType,
  type DecodedFrames,
  type Frame,
  type FrameKind,
} from './protocol/frame.ts';
export {
  appendedMessage,
  chunkNamesMessage,
  headHeader,
  headMessage,
  logMessage,
  operationIdsMessage,
  positionMessage,
  protocolVersions,
  serverHeader,
  sessionMessage,
  type AppendedMessage,
  type ChunkNamesMessage,
  type HeadMessage,
  type LogMessage,
  type OperationIdsMessage,
  type PositionMessage,
  type SessionMessage,
} from './protocol/messages.ts';
export { paths } from './protocol/paths.ts';
export {
  parseProblem,
  problemMediaType,
  statusByProblemCode,
  type Problem,
  type ProblemCode,
} from './protocol/problem.ts';
export { padmeSize } from './sealing/padding.ts';
export type {
  DerivationKey,
  MacKey,
  OpenRequest,
  Primitives,
  SealingKey,
  SealRequest,
} from './sealing/primitives.ts';
