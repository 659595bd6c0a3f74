import { bytesToHex, utf8ToBytes } from '@dataans/core';
import { is, mustBe, type Option } from '../options/option.ts';
import { sha256 } from '../hash.ts';
import { defineAuthMethod, requireSettings } from './define-method.ts';
import { createIdentity } from './identity.ts';
import { refuseStranger } from './refuse.ts';

const options = {
  DATAANS_SHARED_KEY_HASH: {
    help: 'SHA-256 of the key that its owner signs in with',
    parse: (text) => (/^[0-9a-f]{64}$/.test(text) ? is(text) : mustBe('64 hexadecimal digits')),
  } satisfies Option<string>,
};

/** Allows everyone who has one long, random key. Only its hash is kept, and compared. */
export const sharedKeyMethod = defineAuthMethod({
  options,
  configure: ({ DATAANS_SHARED_KEY_HASH }) => {
    const { DATAANS_SHARED_KEY_HASH: hash } = requireSettings('shared-key', {
      DATAANS_SHARED_KEY_HASH: [DATAANS_SHARED_KEY_HASH, 'the hash of the key'],
    });
    return () => ({
      authenticate: async ({ request }) => {
        const [, key] = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
        if (key === undefined)
          throw refuseStranger('missing', 'This server needs a key. Send it as a bearer token.');
        if (bytesToHex(sha256(utf8ToBytes(key))) !== hash)
          throw refuseStranger('unknown', "This key isn't valid on this server.");
        return createIdentity('shared-key', 'who has the key', null);
      },
    });
  },
});
