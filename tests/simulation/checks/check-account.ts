import { DatabaseSync } from 'node:sqlite';
import { bytesToJson, parseAccountRecord, type AccountRecord } from '@dataans/core';
import { isSameRecord } from '../../../packages/client/src/account/kept-record.ts';
import { revisionOf } from '../../../packages/client/src/account/judge-record.ts';
import type { Drama } from '../world/drama.ts';
import { look } from '../world/holdings.ts';
import type { World } from '../world/world.ts';

/** One record is in force, everywhere, and no older one than any device has kept. */
export function checkAccount(world: World, { server, devices }: Drama): void {
  const [record] = look(server.data().path, readRecord);
  if (record === undefined) return world.fail('the server has no account record');
  for (const device of devices) {
    const kept = device.record();
    if (kept === null || !isSameRecord(kept, record))
      world.fail(
        `${device.name} keeps revision ${kept === null ? 'none' : revisionOf(kept)} of the account, the server ${revisionOf(record)}`,
      );
    if (device.highestRevision() > revisionOf(record))
      world.fail(
        `revision ${revisionOf(record)} of the account is in force, and ${device.name} had ${device.highestRevision()}`,
      );
  }
  return undefined;
}

function readRecord(database: DatabaseSync): readonly AccountRecord[] {
  const row = database.prepare('SELECT record FROM account').get();
  const record = row === undefined ? null : parseAccountRecord(bytesToJson(row['record'] as Uint8Array)); // A blob.
  return record === null ? [] : [record];
}
