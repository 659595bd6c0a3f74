import assert from 'node:assert/strict';
import type { Device } from './device.ts';

/** What the tests read of `note list --json`. */
export interface ListedNote {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly space: { readonly id: string; readonly name: string | null };
  readonly files: number;
  readonly conflict: boolean;
  readonly backedUp: boolean;
  readonly createdAt: string;
  readonly editedAt: string;
}

/** What the tests read of `space list --json`. */
export interface ListedSpace {
  readonly id: string;
  readonly name: string;
  readonly notes: number;
}

/** What the tests read of `status --json`. */
export interface ShownStatus {
  readonly state: string;
  readonly pendingOperations: number;
  readonly quarantined: number;
  readonly device: { readonly id: string; readonly name: string } | null;
  readonly problem: { readonly code: string; readonly message: string } | null;
  readonly notes: number;
  readonly findings: readonly { readonly kind: string }[];
}

// The shapes are those of docs/cli.md; a member that is not there fails where it is used.
export async function listNotes(device: Device): Promise<readonly ListedNote[]> {
  return (await device.json(['note', 'list'])) as readonly ListedNote[];
}

export async function listSpaces(device: Device): Promise<readonly ListedSpace[]> {
  return (await device.json(['space', 'list'])) as readonly ListedSpace[];
}

export async function readStatus(device: Device): Promise<ShownStatus> {
  const { exitCode, stdout, stderr } = await device.run(['status', '--json']);
  assert.ok(exitCode === 0 || exitCode === 6, stderr);
  const status = JSON.parse(stdout) as ShownStatus;
  assert.equal(exitCode, status.findings.length === 0 ? 0 : 6);
  return status;
}

/** The id of the only note with a name or, where it has none, with a title. */
export async function findNote(device: Device, name: string): Promise<string> {
  const found = (await listNotes(device)).filter((note) => note.name === name || note.title === name);
  assert.equal(found.length, 1, `${device.name} has ${found.length} notes ${name}`);
  return found[0]?.id ?? '';
}
