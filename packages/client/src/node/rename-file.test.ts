import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renameFile } from './rename-file.ts';

/** A file system whose rename fails that often first. */
function createBusy(platform: NodeJS.Platform, code: string, failures: number) {
  let left = failures;
  let tries = 0;
  const paused: number[] = [];
  return {
    surroundings: {
      platform,
      rename: () => {
        tries += 1;
        if (left-- > 0) return Promise.reject(Object.assign(new Error(code), { code }));
        return Promise.resolve();
      },
      pause: (ms: number) => {
        paused.push(ms);
        return Promise.resolve();
      },
    },
    tries: () => tries,
    paused,
  };
}

test('on Windows a rename is tried again while another program has the file open', async () => {
  for (const code of ['EPERM', 'EBUSY', 'EACCES']) {
    const busy = createBusy('win32', code, 3);
    await renameFile('a', 'b', busy.surroundings);
    assert.deepEqual([busy.tries(), busy.paused], [4, [10, 20, 50]]);
  }
});

test('it ends with the fault if the file stays open, and at once for any other fault or system', async () => {
  const stuck = createBusy('win32', 'EPERM', Infinity);
  await assert.rejects(renameFile('a', 'b', stuck.surroundings), { code: 'EPERM' });
  assert.equal(stuck.tries(), 8);
  for (const [platform, code] of [
    ['win32', 'ENOENT'],
    ['linux', 'EPERM'],
  ] as const) {
    const other = createBusy(platform, code, 1);
    await assert.rejects(renameFile('a', 'b', other.surroundings), { code });
    assert.equal(other.tries(), 1);
  }
});
