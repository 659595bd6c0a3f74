import { sha256 } from '@dataans/server';
import { bytesToUuid, equalBytes, extendChain, startChain, type LogId } from '@dataans/core';
import { DatabaseSync } from 'node:sqlite';
import type { FakeFolder } from '../disk/fake-disk.ts';
import { strangerEntries, type Drama } from '../world/drama.ts';
import type { World } from '../world/world.ts';
import { listChunks, listOperations, look } from '../world/holdings.ts';

/** The log is one chain, devices stand at its end, and nothing on the server can be read. */
export function checkServer(world: World, { server, devices }: Drama): void {
  const { path, disk } = server.data();
  const [head] = look(path, readHead);
  if (head === undefined) return world.fail('the server has no log');
  if (!head.isWhole) world.fail('the chain of the log is not the chain of its entries');
  for (const device of devices) {
    const cursor = device.use().store.log.cursor();
    if (cursor === null && head.seq === 0) continue;
    if (cursor?.seq !== head.seq || !equalBytes(cursor.chain, head.chain))
      world.fail(`${device.name} stands at ${cursor?.seq ?? 'no'} entry, the log ends at ${head.seq}`);
  }
  for (const column of ['body', 'id'])
    look(path, (database) => {
      for (const row of database.prepare(`SELECT ${column} AS bytes FROM operations`).iterate())
        world.wire.inspect('the log', row['bytes'] as Uint8Array); // Both are blobs.
      return [];
    });
  inspectFolder(world, disk.root);
  return undefined;
}

/** The operation of a file came behind its chunks, whatever has cut its device off. Holds at any moment. // FIL-1 */
export function checkFilesFollow(world: World, { server, ledger }: Drama): void {
  if (mayLoseChunks(world)) return;
  const { path, disk } = server.data();
  const operations = new Set(look(path, listOperations));
  const chunks = new Set(listChunks(disk));
  for (const [id, { operations: ofFile, chunks: named }] of ledger.files)
    if (ofFile.some((one) => operations.has(one)) && !named.every((name) => chunks.has(name)))
      world.fail(`the server has the operation of file ${id} without its chunks`);
}

function mayLoseChunks({ plan }: World): boolean {
  return (['restores', 'wipes', 'lies', 'strangers', 'forks'] as const).some(plan.has);
}

/** Nobody gave anything to the server of somebody else. // HEAL-4 */
export async function checkStranger(world: World, { stranger }: Drama): Promise<void> {
  const head = await stranger.running()?.log.head();
  if (head === undefined) return;
  if (head.seq !== strangerEntries) world.fail('the server of somebody else was given operations');
  if (listChunks(stranger.data().disk).length > 0) world.fail('the server of somebody else was given chunks');
}

function readHead(database: DatabaseSync) {
  const origin = database.prepare('SELECT id, start FROM log').get();
  const log = bytesToUuid<LogId>(origin?.['id'] as Uint8Array); // A blob.
  let chain = startChain(sha256, log);
  let isWhole = equalBytes(chain, origin?.['start'] as Uint8Array); // A blob.
  let seq = 0;
  for (const row of database.prepare('SELECT seq, id, body, chain FROM operations ORDER BY seq').iterate()) {
    // An integer and blobs, as the schema says.
    const entry = row as { seq: number; id: Uint8Array; body: Uint8Array; chain: Uint8Array };
    seq += 1;
    chain = extendChain(sha256, chain, entry.id, sha256(entry.body));
    isWhole &&= entry.seq === seq && equalBytes(chain, entry.chain);
  }
  return [{ seq, chain, isWhole }];
}

function inspectFolder(world: World, folder: FakeFolder): void {
  for (const [name, node] of folder.entries) {
    world.wire.inspect('a file name on the server', Buffer.from(name));
    if (node.kind === 'folder') inspectFolder(world, node);
    else world.wire.inspect('a chunk on the server', node.content);
  }
}
