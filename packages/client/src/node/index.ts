export { createSystemClock } from './clock.ts';
export { createNodePrimitives } from './primitives.ts';
export { openFolderSource } from './folder-source.ts';
export { openFolderTarget } from './folder-target.ts';
export type { Home, SignInRequest } from './home.ts';
export { openContent } from './read-content.ts';
