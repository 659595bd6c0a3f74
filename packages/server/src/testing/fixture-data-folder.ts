import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { utf8ToBytes, type LogId } from '@dataans/core';
import { nameOf, piecesOf } from '../chunks/chunk-store.contract.ts';
import { sha256 } from '../hash.ts';
import { dataFiles } from '../storage/data-folder-files.ts';
import { openDiskChunks, removeHalfWritten } from '../storage/disk/disk-chunks.ts';
import { openSqliteLog } from '../storage/sqlite/sqlite-log.ts';
import { openSqliteTokens } from '../storage/sqlite/sqlite-tokens.ts';
import { envelopeFrames } from './frames.ts';

const dayMs = 86_400_000;
const lifetime = { created: dayMs, expires: 100 * dayMs };

/** What is in the fixtures, and never changes: every version has to find it. */
export const fixture = {
  // A UUID as any other.
  log: '5b0d9a4e-3c1f-4e7a-9d52-8f6b1c2a7e40' as LogId,
  frames: envelopeFrames('fixture', 5),
  account: '{"version":1,"kdf":{"name":"PBKDF2-HMAC-SHA-256","iterations":1200000},"keyring":"sealed"}',
  tokens: [
    { hash: hashOf('laptop'), name: 'laptop', ...lifetime, lastUsed: 2 * dayMs, revoked: null },
    { hash: hashOf('phone'), name: 'phone', ...lifetime, lastUsed: null, revoked: 3 * dayMs },
  ],
  chunks: ['a chunk', 'another chunk'].map(utf8ToBytes),
} as const;

/**
 * Makes a data folder as this version writes it. After a change of a schema, keep the new one beside
 * the others: `node packages/server/src/testing/fixture-data-folder.ts
 * packages/server/src/storage/fixtures/schema-N`.
 */
export async function makeFixtureDataFolder(root: string): Promise<void> {
  mkdirSync(root);
  const log = openSqliteLog({ path: join(root, dataFiles.log), hash: sha256, newLogId: () => fixture.log });
  await log.append(fixture.frames);
  await log.putAccount(utf8ToBytes(fixture.account), { kind: 'absent' });
  await log.close();

  const tokens = openSqliteTokens({ path: join(root, dataFiles.tokens) });
  for (const token of fixture.tokens) {
    await tokens.add(token);
    if (token.lastUsed !== null) await tokens.touch(token.hash, token.lastUsed);
    if (token.revoked !== null) await tokens.revoke(token.name, token.revoked);
  }
  await tokens.close();

  const chunks = await openDiskChunks({ root, newFileName: () => 'incoming' });
  for (const chunk of fixture.chunks) await chunks.put(nameOf(chunk), piecesOf(chunk, 9));
  await removeHalfWritten(root);
}

function hashOf(name: string): Uint8Array {
  return sha256(utf8ToBytes(name));
}

if (import.meta.main) await makeFixtureDataFolder(process.argv[2] ?? '');
