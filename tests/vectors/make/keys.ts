import {
  bytesToBase64url,
  bytesToHex,
  bytesToUtf8,
  concatBytes,
  createKeyring,
  encodeKeyring,
  limits,
  sealAccount,
  utf8ToBytes,
  base64urlToBytes,
  type AccountProof,
  type Keyring,
  type Primitives,
  type ProvableRecord,
} from '@dataans/core';
import type { AccountFile, KeyDerivationFile, KeyringFile, PlainKeyring } from '../shapes.ts';
import { flipBit, seededBytes, withByte } from './bytes.ts';

const password = 'correct horse battery staple';
const passphrase = 'abandon ability able about above absent absorb';
const iterations = limits.kdfIterations;

/** A keyring of two data keys, the second of which is current. */
export function exampleKeyring(primitives: Primitives): Keyring {
  const keyring = (seed: string) =>
    createKeyring({ ...primitives, randomBytes: (length) => seededBytes(`${seed} ${length}`, length) });
  const current = keyring('current key');
  return { current: current.current, keys: [...keyring('former key').keys, ...current.keys] };
}

export function plainKeyring({ current, keys }: Keyring): PlainKeyring {
  return { current, keys: keys.map(({ id, secret }) => ({ id, secret: bytesToHex(secret) })) };
}

/** Every value here was computed by the programs that `about` names, not by this project. */
export const keyDerivation: KeyDerivationFile = {
  about: [
    'password and passphrase to root key to keyring key, and data key to the keys that seal.',
    'Each `mac` is HMAC-SHA-256 of the text `dataans` under the key, for programs that may not read the key itself.',
    'Root key: openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt hexpass:$(printf %s "$PASSWORD" | openssl dgst -sha256 -r | cut -d" " -f1) -kdfopt hexsalt:$(printf %s "$PASSPHRASE" | openssl dgst -sha256 -r | cut -d" " -f1) -kdfopt iter:1200000 PBKDF2',
    'Root key: python3 -c "import hashlib, sys; s = lambda t: hashlib.sha256(t.encode()).digest(); print(hashlib.pbkdf2_hmac(\'sha256\', s(sys.argv[1]), s(sys.argv[2]), 1200000).hex())" "$PASSWORD" "$PASSPHRASE"',
    'Key: openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt hexkey:$KEY -kdfopt info:$PURPOSE HKDF',
    'Mac: printf dataans | openssl dgst -sha256 -mac HMAC -macopt hexkey:$KEY',
  ],
  valid: [
    {
      title: 'ASCII',
      password: 'correct horse battery staple',
      passphrase: 'abandon ability able about above absent absorb',
      iterations,
      rootKey: '93f9177f5b724b826460db8380a21d07b7bc05d00bab2a901e315d59b5bd794e',
      derived: [
        {
          purpose: 'dataans/keyring/1',
          key: '87c0559d292172458a127d710fa2b61d67d9e603438d44903d908f70f794577f',
          mac: 'db24b553dbb19f22234823f70abe6cc0eb1e48cff05c6d4ab7ea6c9f06f973f2',
        },
        {
          purpose: 'dataans/keyring-commitment/1',
          key: '454c3aeea84527f74b5d47f311908ab366590bbf023d4c40dfe912800227b54a',
          mac: 'ec05973266d25265e2a8a4cf99608ba211a98bd00d21ca72ef8de455c1ddf150',
        },
      ],
    },
    {
      title: 'a password and a passphrase that are not in NFC are put into it first',
      password: '\u043f\u0430\u0440\u043e\u043b\u044c de la cre\u0300me \u212b',
      passphrase: '\u0438\u0306\u0430\u0431\u043b\u0443\u043a\u043e \u00c5',
      iterations,
      rootKey: '38c274a587a697a320f4b85e8f783872ed73e3b922c11685b95864bc25ed58a8',
      derived: [
        {
          purpose: 'dataans/keyring/1',
          key: 'b235665797cc7c3c0cce5aee12f803f0aa705f1c2b46875e64b1464d30d1b6c3',
          mac: '95013e17a51de2fda416d7066275bbd816ce2dc48e94000a00a77c80a1ac5f56',
        },
        {
          purpose: 'dataans/keyring-commitment/1',
          key: '6a98b0f4004a9f73ebbb7545f6300563362f0614c57f2d20f60098ca60f3f3c1',
          mac: 'cad6540f1477771eb6a4d757cf28fb0b4b76fb582d9395458eb28023b53352fc',
        },
      ],
    },
    {
      title: 'empty ones',
      password: '',
      passphrase: '',
      iterations,
      rootKey: '6efa4cf4a4c8d06edb3eb97e15d94b9a009896ec3c76720e96a50f639e0b6c63',
      derived: [
        {
          purpose: 'dataans/keyring/1',
          key: 'ce92f5aa7b410c3bdf3eda4676724cc7a878bb5eb5b338ebe71e98f4180d1f2a',
          mac: '8f1f6997f1a9241af2c1a2c83bcec1b4e9a296985b9ade6d45075401c712c195',
        },
        {
          purpose: 'dataans/keyring-commitment/1',
          key: 'e73738249db828a250dc4b6dc1e90abd1a7e8f5075dec11a57f7b06c059ee7ac',
          mac: '21f1d0f7f903eb28b5cc78ada2802d835858ccf05a1bec201fb018c9bc01255e',
        },
      ],
    },
  ],
  dataKeys: [
    {
      title: 'the keys of a data key',
      secret: 'd777b3fc70512df837f498a62d4e285fe84de78eb7e072cb741b3bc646db032f',
      derived: [
        {
          purpose: 'dataans/operation/1',
          key: '5c93c1e63cfdb9a7d67d24121047ef7cd2f3dd5b11755a1a28e480470f2ed1fd',
          mac: 'e871e07178dc326755003b3884668484a4eddd701e887e7e9f99b11425312cc5',
        },
        {
          purpose: 'dataans/chunk/1',
          key: '28981ef65fc04640dabd3d63c1ed36f36205bf7a356d4ebc171645cc5d618aa4',
          mac: '2c012e7c0b9cea583544c2fb44dbe6b7c7ccd2fb1d65159de5cc20c2d767df2e',
        },
        {
          purpose: 'dataans/chunk-nonce/1',
          key: 'd1a6025a7cca8f014bed183a1dba5bd9d25b46c6f96963b070f080b58d7d15bc',
          mac: '18d32c93e5d0f2b4d4e7342a3d642376fb1166bbb6cf82ee911a7ce0082de4e4',
        },
        {
          purpose: 'dataans/account-proof/1',
          key: 'cc16cc5b5c8ad57d66b99016540b01724722ca59cfbfb62f844b7720304eb8ba',
          mac: 'e2bd04bbc61b6d27c1d43857d665a45d0ebcfd477d271f91f4932ec8edf72087',
        },
        {
          purpose: 'dataans/account-passphrase/1',
          key: '514a7a372ce63e164c965db2fcc532d03c00dc32b38d8c4781b1f52275b77fcc',
          mac: '1e57865941dd3b79b10ea102ee7eb27c04ac0723fe8461b5015f948598534983',
        },
      ],
    },
  ],
  refused: [],
};

export function makeKeyring(primitives: Primitives): KeyringFile {
  const keyring = exampleKeyring(primitives);
  const encoded = bytesToUtf8(encodeKeyring(keyring)) ?? '';
  const refused = (title: string, text: string) => ({ title, encoded: text, expect: 'keyring' });
  const [former] = keyring.keys;
  return {
    about: ['The keyring as it is sealed: JSON in UTF-8, secrets in base64url.'],
    valid: [{ title: 'two data keys', encoded, keyring: plainKeyring(keyring) }],
    refused: [
      refused('another version', encoded.replace('"v":1', '"v":2')),
      refused(
        'the current key is not in it',
        encoded.replace(`"current":"${keyring.current}"`, '"current":"00000000"'),
      ),
      refused('no key', `{"v":1,"current":"${keyring.current}","keys":[]}`),
      refused(
        'a key id of seven digits',
        encoded.replace(`"id":"${former?.id}"`, `"id":"${former?.id.slice(1)}"`),
      ),
      refused(
        'a secret of 31 bytes',
        encoded.replace(/"secret":"[\w-]+"/, `"secret":"${bytesToBase64url(new Uint8Array(31))}"`),
      ),
      refused('two keys of one id', encoded.replaceAll(`"${former?.id}"`, `"${keyring.current}"`)),
      refused('a member that nobody knows', encoded.replace('{"v":1', '{"v":1,"w":1')),
      refused('not JSON', encoded.slice(1)),
    ],
  };
}

/** As the first version sealed the example keyring. Nothing writes it any more. */
const formerRecord = {
  version: 1,
  kdf: { name: 'PBKDF2-HMAC-SHA-256', iterations: 1_200_000 },
  keyring:
    'Aeo10aY3tMoC233aB20Rf2ZT75aj13TN_TP2m_qqBGMl4suATeSWsowobnZ0QD-uwwLxDf3yGw0gznRe0C3F7HH6__gKNvELplMaKOuiZu2FJoYc5qjdWaFI9Dgg74D-oW3FfjRFDFpShoE5431pDIcyV71ItsSNen8luwKLklqDqY-WhifOnM28Ofebw4QKYogtBZJbhOYknjdatINvrQxFCf9OTOkrlaU5xpQFXpPgU2hT2ersnl_hLzPCsosyy1-aPFCTJFtK6xp6Hy7xnF-yeLs',
};
const formerNonce = 'ea35d1a637b4ca02db7dda07';

export async function makeAccount(primitives: Primitives): Promise<AccountFile> {
  const keyring = exampleKeyring(primitives);
  const nonce = seededBytes('account nonce', 12);
  const scripted: Primitives = { ...primitives, randomBytes: () => nonce };
  const record = await sealAccount(scripted, { password, passphrase }, keyring, revision);
  const about = {
    about: [
      'The account record, what it opens to with password and passphrase, and what it shows to who holds its data keys.',
      'Both nonces of a record are the one that is given. A record of version 1 is read, and not written.',
      'Stages: record (its shape), kdf (its parameters), keyring-shape (before opening), credentials (the commitment or the tag), keyring (after opening: the keyring, and that the rest of the record is what was said with it).',
      'unproven: what a device refuses that holds only the data keys.',
    ],
  };
  const opening = { password, passphrase, keyring: plainKeyring(keyring) };
  return {
    ...about,
    valid: [
      { title: 'version 2', ...opening, record, nonce: bytesToHex(nonce), revision },
      { title: 'version 1', ...opening, record: formerRecord, nonce: formerNonce, revision: 0 },
    ],
    refused: await refusedOpenings(scripted, record),
    unproven: await unprovenRecords(scripted, record),
  };
}

const revision = 7;

async function refusedOpenings(
  primitives: Primitives,
  record: ProvableRecord,
): Promise<AccountFile['refused']> {
  const sealed = base64urlToBytes(record.keyring) ?? new Uint8Array();
  const recordWith = (changed: object) => ({ password, passphrase, record: { ...record, ...changed } });
  const withSealed = (bytes: Uint8Array) => recordWith({ keyring: bytesToBase64url(bytes) });
  const withIterations = (count: number) => recordWith({ kdf: { ...record.kdf, iterations: count } });
  const [first, second] = record.proofs;
  const former = base64urlToBytes(formerRecord.keyring) ?? new Uint8Array();
  const formerWith = (bytes: Uint8Array) => recordOf({ ...formerRecord, keyring: bytesToBase64url(bytes) });
  return [
    { title: 'another password', ...recordWith({}), password: `${password}.`, expect: 'credentials' },
    {
      title: 'another passphrase',
      ...recordWith({}),
      passphrase: passphrase.toUpperCase(),
      expect: 'credentials',
    },
    {
      title: 'password and passphrase swapped',
      ...recordWith({}),
      password: passphrase,
      passphrase: password,
      expect: 'credentials',
    },
    {
      title: 'one bit of the commitment',
      ...withSealed(withByte(sealed, 1, flipBit)),
      expect: 'credentials',
    },
    { title: 'one bit of the nonce', ...withSealed(withByte(sealed, 33, flipBit)), expect: 'credentials' },
    { title: 'one bit of the tag', ...withSealed(withByte(sealed, -1, flipBit)), expect: 'credentials' },
    {
      title: 'version 1 with one bit of the tag',
      ...formerWith(withByte(former, -1, flipBit)),
      expect: 'credentials',
    },
    {
      title: 'more iterations than it was sealed with',
      ...withIterations(iterations + 1),
      expect: 'credentials',
    },
    { title: 'too few iterations', ...withIterations(iterations - 1), expect: 'kdf' },
    { title: 'absurdly many iterations', ...withIterations(limits.kdfIterationsMax + 1), expect: 'kdf' },
    {
      title: 'another version of the sealed keyring',
      ...withSealed(withByte(sealed, 0, () => 1)),
      expect: 'keyring-shape',
    },
    {
      title: 'a sealed keyring without room for a tag',
      ...withSealed(sealed.subarray(0, 60)),
      expect: 'keyring-shape',
    },
    {
      title: 'a digit that no base64url ends with',
      ...recordWith({
        keyring: record.keyring.slice(0, Math.floor((record.keyring.length - 1) / 4) * 4 + 1),
      }),
      expect: 'keyring-shape',
    },
    {
      title: 'what was sealed is no keyring',
      ...(await sealedText(primitives, '{"v":1}')),
      expect: 'keyring',
    },
    {
      title: 'another revision than was sealed',
      ...recordWith({ revision: revision + 1 }),
      expect: 'keyring',
    },
    {
      title: 'one bit of a proof',
      ...recordWith({ proofs: [first, flipProof(second)] }),
      expect: 'keyring',
    },
    { title: 'a proof is left out', ...recordWith({ proofs: [first] }), expect: 'keyring' },
    { title: 'proofs in another order', ...recordWith({ proofs: [second, first] }), expect: 'keyring' },
    { title: 'another passphrase than was sealed', ...recordWith({ passphrase: 'AAAA' }), expect: 'keyring' },
    { title: 'another version of the record', ...recordWith({ version: 3 }), expect: 'record' },
    { title: 'version 1 with proofs', ...recordWith({ version: 1 }), expect: 'record' },
    {
      title: 'another derivation',
      ...recordWith({ kdf: { ...record.kdf, name: 'scrypt' } }),
      expect: 'record',
    },
    { title: 'a member that nobody knows', ...recordWith({ hint: 'x' }), expect: 'record' },
    { title: 'revision 0', ...recordWith({ revision: 0 }), expect: 'record' },
    { title: 'no proof', ...recordWith({ proofs: [] }), expect: 'record' },
    { title: 'two proofs of one key', ...recordWith({ proofs: [first, first] }), expect: 'record' },
    { title: 'no keyring', ...recordOf({ version: 1, kdf: record.kdf }), expect: 'record' },
  ];
}

async function unprovenRecords(
  primitives: Primitives,
  record: ProvableRecord,
): Promise<AccountFile['unproven']> {
  const keyring = plainKeyring(exampleKeyring(primitives));
  const recordWith = (changed: object) => ({ keyring, record: { ...record, ...changed } });
  const [first, second] = record.proofs;
  const newer = await sealAccount(
    primitives,
    { password: `${password}!`, passphrase },
    exampleKeyring(primitives),
    revision + 1,
  );
  return [
    { title: 'another revision', ...recordWith({ revision: revision + 1 }) },
    { title: 'more iterations', ...recordWith({ kdf: { ...record.kdf, iterations: iterations + 1 } }) },
    { title: 'the keyring of another revision', ...recordWith({ keyring: newer.keyring }) },
    { title: 'the passphrase of another revision', ...recordWith({ passphrase: newer.passphrase }) },
    { title: 'one bit of a proof', ...recordWith({ proofs: [first, flipProof(second)] }) },
    { title: 'a proof is left out', ...recordWith({ proofs: [first] }) },
    {
      title: 'a key that the keyring does not hold',
      ...recordWith({ proofs: [...record.proofs, { key: '00000000', mac: first?.mac }] }),
    },
    {
      title: 'only keys that are not held',
      ...recordWith({ proofs: [{ key: '00000000', mac: first?.mac }] }),
    },
  ];
}

function recordOf(record: object) {
  return { password, passphrase, record };
}

function flipProof(proof: AccountProof | undefined) {
  const mac = base64urlToBytes(proof?.mac ?? '') ?? new Uint8Array();
  return { key: proof?.key, mac: bytesToBase64url(withByte(mac, 0, flipBit)) };
}

/** The first version's account record of a text that is not a keyring. */
async function sealedText(primitives: Primitives, text: string) {
  const hash = (part: string) => primitives.hash(utf8ToBytes(part));
  const rootKey = await primitives.stretchPassword(hash(password), hash(passphrase), iterations);
  const key = await primitives.deriveSealingKey(rootKey, 'dataans/keyring/1');
  const nonce = primitives.randomBytes(12);
  const additionalData = concatBytes(utf8ToBytes('dataans/keyring/1'), Uint8Array.of(1, 0, 0x12, 0x4f, 0x80));
  const [ciphertext = new Uint8Array()] = await primitives.sealMany(key, [
    { nonce, plaintext: utf8ToBytes(text), additionalData },
  ]);
  const keyring = bytesToBase64url(concatBytes(Uint8Array.of(1), nonce, ciphertext));
  return {
    password,
    passphrase,
    record: { version: 1, kdf: { name: 'PBKDF2-HMAC-SHA-256', iterations }, keyring },
  };
}
