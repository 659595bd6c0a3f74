import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from '../words/en.ts';
import { tellStatus, type StatusFacts } from './tell-status.ts';

const synced: StatusFacts = {
  state: 'synced',
  connection: 'online',
  pendingChanges: 0,
  problem: null,
  session: { state: 'active', expires: null },
  findingCount: 0,
  activity: null,
};
const problem = (code: 'server-unreachable' | 'storage-full') => ({ code, message: '', advice: '' });

for (const [title, change, words] of [
  ['everything is there', {}, 'Synced'],
  ['something waits', { state: 'pending', pendingChanges: 3 }, 'Waiting: 3 changes'],
  ['nothing was synced yet', { state: 'new' }, 'Waiting: syncing'],
  ['there is no network', { connection: 'offline' }, 'Offline'],
  [
    'the server is gone',
    { state: 'problem', problem: problem('server-unreachable'), pendingChanges: 1 },
    'Offline: 1 change waiting',
  ],
  ['the session is over', { connection: 'paused', pendingChanges: 2 }, 'Signed out'],
  ['nobody is signed in', { state: 'signed-out', session: null }, 'Signed out'],
  ['the disk is full', { state: 'problem', problem: problem('storage-full') }, 'Problem'],
  ['something is wrong on the server', { state: 'problem', findingCount: 1 }, 'Problem'],
] as const)
  test(`when ${title}, the status says "${words}"`, () => {
    assert.equal(tellStatus({ ...synced, ...change }, en).words, words);
  });
