// What of a server runs wherever there is `fetch`: no socket, no disk, no process. It needs `node:crypto` and `node:net`, which
// other runtimes have as well.
export { createOnlyAccount, type Accounts, type AccountStores } from './accounts/accounts.ts';
export type { App } from './answer-routes.ts';
export { createApp, type AppDependencies, type ServerApp } from './app.ts';
export type { Authenticator, AuthMethod, Caller, Identity } from './auth/authenticator.ts';
export type { AuthContext, AuthOptionTexts, AuthPlace, StartMethod } from './auth/define-method.ts';
export { authOptions, configureAuth, isAuthMethodName, type AuthMethodName } from './auth/methods.ts';
export { isToken, randomBytesToToken, tokenRandomBytes, tokenToHash } from './auth/token-text.ts';
export { createDoor, type Door, type DoorDependencies } from './callers/door.ts';
export { createGate, type Gate, type GateDependencies } from './callers/gate.ts';
export { systemClock, type Clock } from './clock.ts';
export { sha256 } from './hash.ts';
export type { HeadFeed, HeadListener } from './log/head-feed.ts';
export { silentLogger, type Logger } from './logging/logger.ts';
export { OperatorError } from './operator-error.ts';
export type { AnswerFromApp, AppFileAnswer } from './routes/web-app.ts';
export type { Connection } from './routes/route.ts';
