import { bytesToHex, type DerivationKey, type Primitives } from '@dataans/core';

/** The same primitives, for one sign-in: it takes as long as all the rest to stretch a password, so once is enough. */
export function stretchOnce(primitives: Primitives): Primitives {
  const stretched = new Map<string, Promise<DerivationKey>>();
  return {
    ...primitives,
    stretchPassword: (password, salt, iterations) => {
      const name = `${bytesToHex(password)} ${bytesToHex(salt)} ${iterations}`;
      const known = stretched.get(name) ?? primitives.stretchPassword(password, salt, iterations);
      stretched.set(name, known);
      return known;
    },
  };
}
