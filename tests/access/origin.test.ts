import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld } from '../world/world.ts';
import { createBehindEdge, you } from './behind-edge.ts';

const dayMs = 24 * 60 * 60 * 1_000;

test('[AUTH-6] the server looks at the time of a token itself, whatever the edge still lets through', async (t) => {
  let edgeIsLateMs = 0;
  const { edge, address } = await createBehindEdge(await createWorld(t), {
    now: () => Date.now() - edgeIsLateMs,
  });
  const ask = () =>
    fetch(`${address}/v1/session`, { headers: { 'cf-access-token': edge.sessions.startUser(you) } });
  const session = (await (await ask()).json()) as { readonly expires: string }; // As openapi.json has it.
  assert.ok(Math.abs(Date.parse(session.expires) - Date.now() - dayMs) < dayMs / 24);
  edgeIsLateMs = 2 * dayMs;
  const refused = await ask();
  assert.equal(refused.status, 401);
  assert.equal(refused.headers.get('dataans'), '1');
  assert.match(await refused.text(), /expired/);
});

test('[AUTH-7] what is not behind a login at the edge is not behind one at the server either, and lets in nobody', async (t) => {
  const { edge, address } = await createBehindEdge(await createWorld(t), {
    bypassPaths: ['/health', '/v1/'],
    bypassKeepsAssertion: true,
  });
  assert.equal((await fetch(`${address}/health`)).status, 200);
  const login = new URL((await fetch(address, { redirect: 'manual' })).headers.get('location') ?? '');
  const nobodys = [
    login.searchParams.get('meta') ?? '',
    (
      await fetch(address, {
        method: 'HEAD',
        headers: { 'cf-access-metadata-request': 'true' },
        redirect: 'manual',
      })
    ).headers.get('cf-access-metadata') ?? '',
    edge.sessions.startTeam(you),
  ];
  for (const token of nobodys) {
    assert.match(token, /^eyJ/);
    const headers = {
      'cf-access-jwt-assertion': token,
      'cf-access-authenticated-user-email': you,
      cookie: `CF_Authorization=${edge.sessions.startUser(you)}`,
    };
    assert.equal((await fetch(`${address}/v1/session`, { headers })).status, 401);
  }
  const headers = { 'cf-access-jwt-assertion': edge.sessions.startUser(you) };
  assert.equal((await fetch(`${address}/v1/session`, { headers })).status, 200);
});
