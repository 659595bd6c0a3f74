import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFetchedUnder, readFetchPolicy, type FetchPolicy } from './fetch-policy.ts';

const files = {
  photo: { name: 'lemon.JPG', bytes: 1_000_000 },
  largePhoto: { name: 'lemon.jpg', bytes: 1_000_001 },
  picture: { name: 'no ending', bytes: 5, type: 'image/png' },
  disguised: { name: 'lemon.jpg', bytes: 5, type: 'text/plain' },
  recording: { name: 'talk.mp3', bytes: 5 },
  unnamed: { name: 'constructor', bytes: 5 },
};

test('[FIL-7] all are fetched, pictures of at most a megabyte, or none', () => {
  const fetched = (policy: FetchPolicy) =>
    Object.entries(files)
      .filter(([, file]) => isFetchedUnder(policy, file))
      .map(([name]) => name);
  assert.deepEqual(fetched('all'), Object.keys(files));
  assert.deepEqual(fetched('small'), ['photo', 'picture']);
  assert.deepEqual(fetched('none'), []);
});

test('[FIL-7] what somebody chose holds, and else what the platform does', () => {
  const read = (kept: string | null) => readFetchPolicy({ read: () => kept }, 'small');
  assert.deepEqual([null, '', 'none', 'all', 'other'].map(read), ['small', 'small', 'none', 'all', 'small']);
});
