import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { HandedOver } from '@dataans/core';
import { Refusal, refusalReasons } from '../problems/refusal.ts';
import type { AuthMethod, Caller } from './authenticator.ts';

/** A method as a test sets it up. */
export interface MethodUnderTest extends AuthMethod {
  /** What the method calls itself. */
  readonly method: string;
  /** Somebody it knows, by name; a new request each time. */
  readonly known: { readonly name: string; call(): Caller };
  /** Somebody else whom it knows; `null` where it knows one caller only. */
  readonly other: (() => Caller) | null;
  /** What must appear in no sentence, name or hash; `null` where there is no credential. */
  readonly secret: string | null;
  /** Who must not come in. */
  readonly strangers: Readonly<Record<string, () => Caller>>;
  /** What a browser of the known caller may hand over. */
  readonly handsOver: HandedOver | null;
}

/** What every way to say who may come in must do. */
export function testAuthMethod(name: string, setUp: (test: TestContext) => Promise<MethodUnderTest>): void {
  test(`[AUTH-1] ${name}: somebody known comes in under their name, again and at the same time`, async (t) => {
    const { authenticate, method, known } = await setUp(t);
    const identities = await Promise.all(Array.from({ length: 20 }, () => authenticate(known.call())));
    for (const identity of identities) {
      assert.equal(identity.method, method);
      assert.equal(identity.name, known.name);
      assert.ok(identity.expires === null || Number.isSafeInteger(identity.expires));
    }
  });

  test(`[AUTH-1] ${name}: nobody else comes in, and is told why, without what they sent`, async (t) => {
    const { authenticate, strangers, secret } = await setUp(t);
    assert.ok(Object.keys(strangers).length > 0);
    for (const [who, call] of Object.entries(strangers)) {
      const refusal = await refusalOf(authenticate(call()), who);
      assert.ok(refusal.code === 'unauthorized' || refusal.code === 'forbidden', who);
      assert.match(refusal.message, /^[A-Z].+\.$/, who);
      if (secret !== null) assert.ok(!refusal.message.includes(secret), who);
      // RFC 9110, section 15.5.2
      assert.equal('www-authenticate' in refusal.headers, refusal.code === 'unauthorized', who);
    }
  });

  test(`[AUTH-2] ${name}: the hash of a caller stays the same, is no other's, and tells no name`, async (t) => {
    const { authenticate, known, other, secret } = await setUp(t);
    const { hash } = await authenticate(known.call());
    assert.match(hash, /^[0-9a-f]{16}$/);
    assert.equal((await authenticate(known.call())).hash, hash);
    if (other !== null) assert.notEqual((await authenticate(other())).hash, hash);
    if (secret !== null) assert.ok(!secret.includes(hash));
  });

  test(`[AUTH-3] ${name}: every refusal has a reason for the log`, async (t) => {
    const { authenticate, strangers } = await setUp(t);
    for (const [who, call] of Object.entries(strangers)) {
      const { reason } = await refusalOf(authenticate(call()), who);
      assert.ok(reason !== null && refusalReasons.includes(reason), who);
    }
  });

  test(`[AUTH-4] ${name}: hands over the credential of who came in, or nothing`, async (t) => {
    const { authenticate, known, handsOver, secret } = await setUp(t);
    const identity = await authenticate(known.call());
    assert.deepEqual(identity.handOver?.() ?? null, handsOver);
    if (secret !== null) assert.ok(!JSON.stringify(identity).includes(secret));
  });
}

async function refusalOf(answer: Promise<unknown>, who: string): Promise<Refusal> {
  const outcome = await answer.then(
    () => null,
    (error: unknown) => error,
  );
  assert.ok(outcome instanceof Refusal, `${who} came in, or it failed: ${String(outcome)}`);
  return outcome;
}
