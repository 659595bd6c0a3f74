import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { parseUuid, type LogId } from '../ids/uuid.ts';
import { positionCode } from './position-code.ts';

const hash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const log = (digit: string) => parseUuid<LogId>(`${digit.repeat(8)}-0000-4000-8000-000000000000`);
const [one, two] = [log('1'), log('2')];
const chain = new Uint8Array(32).fill(7);

test('[CHN-4] the code of a place is four times four digits, and follows from log, number and chain', () => {
  assert.ok(one !== null && two !== null);
  const code = positionCode(hash, one, 12, chain);
  assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  assert.equal(code, positionCode(hash, one, 12, Uint8Array.from(chain)));
  const others = [
    positionCode(hash, two, 12, chain),
    positionCode(hash, one, 13, chain),
    positionCode(hash, one, 12, new Uint8Array(32).fill(8)),
  ];
  assert.equal(new Set([code, ...others]).size, 4);
});
