import { bytesToHex, hexToBytes } from '@dataans/core';
import { is, listOption, mustBe, type Option } from '../options/option.ts';
import type { StoredToken, TokenFinder } from '../stores/token-store.ts';

type NamedHash = Pick<StoredToken, 'name' | 'hash'>;

export const tokensOption: Option<readonly NamedHash[]> = listOption(
  'access tokens, as NAME=SHA-256 with commas between them',
  (text) => {
    const [, name, hex] = /^([^=\s]+)=([0-9a-f]{64})$/.exec(text) ?? [];
    const hash = hexToBytes(hex ?? '');
    return name === undefined || hash === null
      ? mustBe('the name of a device, "=" and the SHA-256 of its token in 64 hexadecimal digits')
      : is({ name, hash });
  },
);

/** Tokens that the settings name. Who is taken out of them comes in no more; when one was used nobody notes. // SRV-133 */
export function createSettingTokens(named: readonly NamedHash[]): TokenFinder {
  const nameByHash = new Map(named.map(({ name, hash }) => [bytesToHex(hash), name]));
  return {
    find: async (hash) => {
      const name = nameByHash.get(bytesToHex(hash));
      return name === undefined
        ? null
        : { hash, name, created: 0, expires: null, lastUsed: null, revoked: null };
    },
    touch: async () => {},
  };
}
