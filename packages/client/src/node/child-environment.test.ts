import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childEnvironment } from './child-environment.ts';

test('[ACC-10] programs that are started see no secret of ours, whatever it is called, and all the rest', () => {
  const secrets = { DATAANS_PASSWORD: 'p', dataans_passphrase: 'q', DATAANS_TOKEN: 't', DATAANS_LATER: 'l' };
  const rest = { PATH: '/bin', HOME: '/home/anna', EDITOR: 'vi', DATAANS_HOME: '/notes' };
  assert.deepEqual(childEnvironment({ ...rest, ...secrets }), rest);
});
