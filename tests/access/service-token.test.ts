import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeServiceToken } from '../access-edge/service-token.ts';
import { assertSameFolders } from '../world/compare-folders.ts';
import { joinAccount, makeAccount } from '../world/device.ts';
import { createWorld } from '../world/world.ts';
import { writeBelow } from '../world/write-below.ts';
import { createBehindEdge } from './behind-edge.ts';

for (const isStrict of [true, false])
  test(`with a service token notes and files pass the edge from device to device, ${isStrict ? 'strict' : 'lenient'}`, async (t) => {
    const world = await createWorld(t);
    const { address, device, service } = await createBehindEdge(world, { isStrict });
    const [laptop, phone] = [device('laptop', service), device('phone', service)];
    const [notes, out] = [join(world.folder, 'notes'), join(world.folder, 'out')];
    await writeBelow(notes, 'linux/tar.md', '# tar\n');
    await writeBelow(notes, 'pictures/several-chunks.bin', randomBytes(2_500_000));
    const passphrase = await makeAccount(laptop, address);
    await laptop.done(['import', notes]);
    await laptop.done(['sync']);
    await joinAccount(phone, address, passphrase);
    await phone.done(['sync']);
    await phone.done(['export', out]);
    await assertSameFolders(world, notes, out);
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
    assert.match(stderr, /rejected this device's service token.*Service Auth policy/s);
  }
});
