import account from '../../docs/spec/vectors/account.json' with { type: 'json' };
import chain from '../../docs/spec/vectors/chain.json' with { type: 'json' };
import chunkNames from '../../docs/spec/vectors/chunk-names.json' with { type: 'json' };
import chunk from '../../docs/spec/vectors/chunk.json' with { type: 'json' };
import clock from '../../docs/spec/vectors/clock.json' with { type: 'json' };
import envelope from '../../docs/spec/vectors/envelope.json' with { type: 'json' };
import frames from '../../docs/spec/vectors/frames.json' with { type: 'json' };
import keyDerivation from '../../docs/spec/vectors/key-derivation.json' with { type: 'json' };
import keyring from '../../docs/spec/vectors/keyring.json' with { type: 'json' };
import merge from '../../docs/spec/vectors/merge.json' with { type: 'json' };
import operation from '../../docs/spec/vectors/operation.json' with { type: 'json' };
import padding from '../../docs/spec/vectors/padding.json' with { type: 'json' };
import type { Vectors } from './shapes.ts';

/** As committed; imported, so that a bundle for the browser holds them too. */
export const vectors: Vectors = {
  'key-derivation': keyDerivation,
  keyring,
  account,
  envelope,
  chunk,
  'chunk-names': chunkNames,
  padding,
  operation,
  clock,
  merge,
  frames,
  chain,
};
