export { binaryToBytes, concatBytes, equalBytes, bytesToUtf8, utf8ToBytes } from './bytes/bytes.ts';
export { base64urlToBytes, bytesToBase64url } from './bytes/base64url.ts';
export { bytesToJson, textToJson } from './bytes/json.ts';
export { bytesToHex, hexToBytes } from './bytes/hex.ts';
export { DataansError, type ErrorCode } from './errors/error-codes.ts';
export type { Branded } from './ids/brand.ts';
export {
  hashToChunkName,
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
export { proveAccount, type ProvenAccount } from './keys/account-proof.ts';
export { openAccount, sealAccount, type Credentials, type OpenedAccount } from './keys/account.ts';
export {
  deriveDataKey,
  isDataKeyId,
  type DataKey,
  type DataKeyId,
  type DataKeySecret,
} from './keys/data-key.ts';
export {
  addDataKey,
  createKeyring,
  decodeKeyring,
  encodeKeyring,
  unlockKeyring,
  type Keyring,
  type UnlockedKeyring,
} from './keys/keyring.ts';
export { findPassphraseTypos, generatePassphrase, type PassphraseTypo } from './keys/passphrase.ts';
export { createLineage, findHeadIds, type Lineage, type NamedParents } from './merge/lineage.ts';
export {
  mergeHeads,
  mergeLineage,
  mergeRevisions,
  type EntityState,
  type MergedState,
} from './merge/merge-revisions.ts';
export { mergeTexts, type MergedText } from './merge/merge-text.ts';
export { diffLines, type Hunk } from './merge/diff-lines.ts';
export { countChangedLines, type ChangedLines } from './merge/count-changed-lines.ts';
export { compareRevisions, type AnyRevision, type Revision } from './merge/revision.ts';
export {
  collectAncestors,
  createRevisionGraph,
  findHeads,
  type RevisionGraph,
} from './merge/revision-graph.ts';
export { findEffectiveTimes, findSilent } from './merge/effective-times.ts';
export { revisionsUntil } from './merge/revisions-until.ts';
export { sortCausally } from './merge/sort-causally.ts';
export {
  compareStamps,
  earliestStamp,
  findClockLag,
  findClockLead,
  isClockLeftAhead,
  nextStamp,
  observeStamps,
  stampAfter,
  stampOnParents,
  type Stamp,
} from './operations/clock.ts';
export { decodeOperation, readerVersion, type DecodedOperation } from './operations/decode-operation.ts';
export { encodeOperation, type EncodedOrRefused } from './operations/encode-operation.ts';
export {
  entityKinds,
  type AnyOperation,
  type DeviceValue,
  type EntityKind,
  type FileValue,
  type NoteValue,
  type Operation,
  type SpaceValue,
  type ValueByKind,
  type Witness,
} from './operations/operation.ts';
export { completeOperation, knownMembers, parseValue } from './operations/read-value.ts';
export { isSameJson } from './operations/same-json.ts';
export { openChunk, sealChunks, type Chunk, type OpenedChunk } from './sealing/chunk.ts';
export {
  countContentPieces,
  countPieces,
  formerPieceSize,
  isPieceCount,
  makePaddingPiece,
  paddedPieceSize,
  padPiece,
  pieceContentSize,
  type PiecePlace,
} from './sealing/file-layout.ts';
export {
  openEnvelopes,
  sealEnvelopes,
  type EncodedOperation,
  type OpenedEnvelope,
  type SealedOperation,
} from './sealing/envelope.ts';
export { readSealedHeader, sealedHeaderBytes } from './keys/sealed.ts';
export {
  parseAccountRecord,
  type AccountProof,
  type AccountRecord,
  type KdfParameters,
  type ProvableRecord,
} from './keys/account-record.ts';
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
  handOverCode,
  handOverDeviceCharactersMax,
  handOverFields,
  handOverHeaders,
  handOverReceiverPath,
  handOverStateBytes,
  handOverTokenCharactersMax,
  isHandOverHeader,
  isHandOverKey,
  isHandOverState,
  isHandOverToken,
  type HandedOver,
  type HandOverHeader,
  type HandOverReceiver,
} from './protocol/hand-over.ts';
export {
  createHandOverKey,
  openHandOver,
  sealHandOver,
  type HandOverKey,
} from './protocol/sealed-hand-over.ts';
export {
  accountHeader,
  appendedMessage,
  chunkListMessage,
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
  type ChunkListMessage,
  type ChunkNamesMessage,
  type HeadMessage,
  type LogMessage,
  type OperationIdsMessage,
  type PositionMessage,
  type SessionMessage,
} from './protocol/messages.ts';
export { paths } from './protocol/paths.ts';
export { positionCode } from './protocol/position-code.ts';
export {
  parseProblem,
  problemMediaType,
  statusByProblemCode,
  type Problem,
  type ProblemCode,
} from './protocol/problem.ts';
export type {
  DerivationKey,
  MacKey,
  OpenRequest,
  Primitives,
  SealingKey,
  SealRequest,
} from './primitives/primitives.ts';
export { findClosest } from './text/closest.ts';
