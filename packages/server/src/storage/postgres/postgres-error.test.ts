import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StorageFullError } from '../../stores/storage-full.ts';
import { StorageUnavailableError } from '../../stores/storage-unavailable.ts';
import { asPostgresError, isMadeMeanwhile, isUniqueViolation } from './postgres-error.ts';

function failure(code: string | null, message = 'It failed.'): Error {
  return Object.assign(new Error(message), code !== null && { code });
}

for (const [what, error] of [
  ['an operator ends the connection', failure('57P01')],
  ['the server starts', failure('57P03')],
  ['there are too many connections', failure('53300')],
  ['it became a standby', failure('25006')],
  ['its password is being changed', failure('28P01')],
  ['two transactions met', failure('40001')],
  ['nobody listens', failure('ECONNREFUSED')],
  ['its name is not found', failure('ENOTFOUND')],
  ['the connection broke', failure(null, 'Connection terminated unexpectedly')],
  ['the pool has no connection in time', failure(null, 'timeout exceeded when trying to connect')],
  ['no answer comes', failure(null, 'Query read timeout')],
] as const)
  test(`[SRV-101] a call to the database can be tried again if ${what}`, () => {
    const known = asPostgresError(error);
    assert.ok(known instanceof StorageUnavailableError);
    assert.equal(known.cause, error);
  });

test('[SRV-101] a full disk of the database is told from a database that is away', () => {
  assert.ok(asPostgresError(failure('53100')) instanceof StorageFullError);
});

test('[SRV-101] a fault of ours stays what it is', () => {
  for (const error of [
    failure('42601'),
    failure('22P02'),
    new TypeError('undefined is not a function'),
    'text',
  ])
    assert.equal(asPostgresError(error), error);
  assert.ok(isUniqueViolation(failure('23505')));
  assert.ok(!isUniqueViolation(failure('23503')));
  assert.ok(isMadeMeanwhile(failure('42P07')) && isMadeMeanwhile(failure('23505')));
  assert.ok(!isMadeMeanwhile(failure('42P01')));
});
