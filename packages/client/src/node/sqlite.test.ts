import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqlDatabaseContract } from '../testing/sql-database.contract.ts';
import { openSqlite } from './sqlite.ts';

sqlDatabaseContract('node:sqlite', makePlace, { durable: true });

async function makePlace() {
  const folder = await mkdtemp(join(tmpdir(), 'dataans-sqlite-'));
  return {
    open: () => Promise.resolve(openSqlite(join(folder, 'store.sqlite'))),
    remove: () => rm(folder, { recursive: true }),
  };
}
