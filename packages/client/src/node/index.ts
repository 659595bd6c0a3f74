export { createSystemClock } from './clock.ts';
export { createNodePrimitives } from './primitives.ts';
