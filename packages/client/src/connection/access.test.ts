import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSecret } from '../platform/secret.ts';
import { accessHeaders, type Access } from './access.ts';
import { accessToPlain, plainToAccess } from '../account/plain-access.ts';

const token = createSecret('a.b.c');
const headersByAccess: readonly (readonly [Access, Readonly<Record<string, string>>])[] = [
  [{ kind: 'none' }, {}],
  [{ kind: 'bearer', token }, { authorization: 'Bearer a.b.c' }],
  [
    { kind: 'cloudflare-access', clientId: 'id.access', clientSecret: token },
    { 'cf-access-client-id': 'id.access', 'cf-access-client-secret': 'a.b.c' },
  ],
  [
    { kind: 'access-token', header: 'cf-access-token', token, source: 'browser' },
    { 'cf-access-token': 'a.b.c' },
  ],
  [
    { kind: 'access-token', header: 'authorization', token, source: 'browser' },
    { authorization: 'Bearer a.b.c' },
  ],
];

test('[ACC-6] each credential goes in its header, and every request asks for a status instead of a login page', () => {
  for (const [access, headers] of headersByAccess)
    assert.deepEqual(accessHeaders(access), { 'x-requested-with': 'XMLHttpRequest', ...headers });
});

test('a credential that was kept is the one that was given', () => {
  for (const [access, headers] of headersByAccess) {
    const kept = plainToAccess(
      JSON.parse(JSON.stringify(accessToPlain(access))) as ReturnType<typeof accessToPlain>,
    );
    assert.deepEqual(accessHeaders(kept), accessHeaders(access));
    assert.equal(kept.kind, access.kind);
    assert.ok(Object.keys(headers).length > 0 || kept.kind === 'none');
  }
});
