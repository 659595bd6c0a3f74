import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Device } from '../world/device.ts';
import { digestFile } from '../world/folder-digest.ts';
import { pseudoRandomBytes } from '../world/pseudo-random.ts';
import type { World } from '../world/world.ts';
import { sha256Hex } from './server-ledger.ts';

/** What a device shows: versions and ids of notes by their keys. */
export interface ShownNotes {
  readonly versions: ReadonlyMap<string, number>;
  readonly ids: ReadonlyMap<string, string>;
}

export function noteText(key: string, version: number): string {
  return `# note ${key}\nversion ${version}\n`;
}

/** The file of the note with this key: a small one, and one of several chunks now and then. */
export function fileContent(key: string): Buffer {
  const number = Number(key);
  return pseudoRandomBytes(number, number % 5 === 0 ? 2_100_000 : 1_000 + ((number * 7_919) % 50_000));
}

export function fileName(key: string): string {
  return `${key}.bin`;
}

interface NoteLine {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly files: readonly string[];
}

/** Reads all notes and files of a device by an export, and proves that each is as it was made. */
export async function readShownNotes(world: World, device: Device): Promise<ShownNotes> {
  const out = join(world.folder, `${device.name} out`);
  await device.done(['export', out, '--format', 'json']);
  const versions = new Map<string, number>();
  const ids = new Map<string, string>();
  for (const line of (await readFile(join(out, 'notes.jsonl'), 'utf8')).split('\n').slice(0, -1)) {
    const { id, name, text, files } = JSON.parse(line) as NoteLine; // As EXP-7 has it; used below.
    const [, key = name.replace(/\.bin$/, ''), version = '0'] =
      /^# note (\d+)\nversion (\d+)\n$/.exec(text) ?? [];
    assert.ok(!versions.has(key), `note ${key} is there twice`);
    versions.set(key, Number(version));
    ids.set(key, id);
    for (const file of files)
      assert.equal(
        await digestFile(join(out, 'files', file)),
        sha256Hex(fileContent(key)),
        `the file of ${key}`,
      );
    assert.ok(text !== '' || files.length === 1, `note ${key} has neither text nor file`);
  }
  await rm(out, { recursive: true });
  return { versions, ids };
}
