import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeServiceToken } from '../access-edge/service-token.ts';
import { joinAccount, makeAccount } from '../world/device.ts';
import { createWorld } from '../world/world.ts';
import { createBehindEdge } from './behind-edge.ts';

for (const isStrict of [true, false])
  test(`with a service token devices sign in and sync through the edge, ${isStrict ? 'strict' : 'lenient'}`, async (t) => {
    const { address, device, service } = await createBehindEdge(await createWorld(t), { isStrict });
    const [laptop, phone] = [device('laptop', service), device('phone', service)];
    const passphrase = await makeAccount(laptop, address);
    await laptop.done(['space', 'add', 'Inbox']);
    await laptop.done(['note', 'add', 'through the edge', '--space', 'Inbox']);
    await laptop.done(['sync']);
    await joinAccount(phone, address, passphrase);
    await phone.done(['sync']);
    assert.match((await phone.done(['note', 'list'])).stdout, /through the edge/);
  });

test('a service token that the edge does not know, or no policy names, ends with 3 and says what to do', async (t) => {
  const unnamed = makeServiceToken(false);
  const { address, device, service } = await createBehindEdge(await createWorld(t), {
    serviceTokens: [unnamed],
  });
  const wrong = [
    service,
    {
      DATAANS_ACCESS_CLIENT_ID: unnamed.clientId,
      DATAANS_ACCESS_CLIENT_SECRET: unnamed.clientSecret,
    },
  ];
  for (const environment of wrong) {
    const { exitCode, stderr } = await device('stranger', environment).run(['sign-in', address], {
      env: { DATAANS_PASSWORD: 'any' },
    });
    assert.equal(exitCode, 3, stderr);
    assert.match(stderr, /does not accept the service token.*“Service Auth”/s);
  }
});
