/** Chance for delays, passed in: from 0 (included) to 1 (excluded). Never for keys, nonces or ids. */
export type Randomness = () => number;
