export { createSystemClock } from './clock.ts';
export { openFolderSource } from './folder-source.ts';
export { openFolderTarget } from './folder-target.ts';
export type { AccountQuestion, Home, SignInRequest } from './home.ts';
export { openHome, type HomeOptions } from './open-home.ts';
export { createNodePrimitives } from './primitives.ts';
export { openContent } from './read-content.ts';
export { openSqlite } from './sqlite.ts';
export { createNodeTransport } from './transport.ts';
