import type { Primitives } from '@dataans/core';
import { createNodePrimitives } from '../../packages/client/src/node/primitives.ts';

const stretchLess = 1_000;

/** Those of Node, with passwords stretched a thousandth of the time, which is most of what a sign-in takes. */
export function createQuickPrimitives(): Primitives {
  const primitives = createNodePrimitives();
  return {
    ...primitives,
    stretchPassword: (password, salt, iterations) =>
      primitives.stretchPassword(password, salt, Math.ceil(iterations / stretchLess)),
  };
}
