import assert from 'node:assert/strict';
import { createSecret, type Access } from '@dataans/client';
import type { TestServer } from '../world/server.ts';

/** A bearer token of the server, made as its operator makes it. */
export async function makeToken(server: TestServer, name: string): Promise<Access> {
  const { stdout, stderr } = await server.operate('token', 'add', name);
  const [token] = /dat_[\w-]+/.exec(stdout) ?? [];
  assert.ok(token !== undefined, stderr);
  return { kind: 'bearer', token: createSecret(token) };
}

export async function revokeToken(server: TestServer, name: string): Promise<void> {
  const { exitCode, stderr } = await server.operate('token', 'revoke', name);
  assert.equal(exitCode, 0, stderr);
}
