export {
  createOnlyAccount,
  type Accounts,
  type AccountStores,
  type StoredCount,
} from './accounts/accounts.ts';
export type { App } from './answer-routes.ts';
export { createApp, type AppDependencies } from './app.ts';
export type { Authenticator, AuthMethod, Caller, Identity, Subject } from './auth/authenticator.ts';
export type { AuthContext, AuthOptionTexts, AuthPlace, StartMethod } from './auth/define-method.ts';
export { createLoopbackAuth } from './auth/loopback.ts';
export { createMemoryTokens } from './stores/memory-tokens.ts';
export { configureAuth, type AuthMethodName } from './auth/methods.ts';
export { createMemoryKeptKeys, type KeptKeys, type PublishedKeys } from './stores/kept-keys.ts';
export { createTokenAuth } from './auth/token.ts';
export type { AccountId } from './stores/directory.ts';
export type { StoredToken, TokenFinder, TokenStore } from './stores/token-store.ts';
export type {
  ByteSpan,
  ChunkRange,
  ChunkStore,
  ChunkUsage,
  PutOutcome,
  ReadChunk,
  StoredChunk,
} from './chunks/chunk-store.ts';
export { createMemoryChunks } from './chunks/memory-chunks.ts';
export { systemClock, type Clock } from './clock.ts';
export { sha256 } from './hash.ts';
export { createHeadFeed, type HeadFeed, type HeadListener, type LocalHeadFeed } from './log/head-feed.ts';
export type { AccountCondition, Appended, LogHead, LogStore, Page, PageQuestion } from './log/log-store.ts';
export { createMemoryLog } from './log/memory-log.ts';
export { silentLogger, type Logger } from './logging/logger.ts';
export { OperatorError } from './operator-error.ts';
export { inProcess, type Connection } from './routes/route.ts';
export { startServer, type RunningServer, type ServerOptions } from './start-server.ts';
export { StorageFullError } from './stores/storage-full.ts';
export { StorageUnavailableError } from './stores/storage-unavailable.ts';
