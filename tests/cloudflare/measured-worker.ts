// The Worker as it is, with objects that tell which they are, how many sockets they hold and what their storage bills.
import { randomBytesToUuid, type LogId } from '@dataans/core';
import { DurableObject } from 'cloudflare:workers';
import { sha256 } from '../../packages/server/src/hash.ts';
import type { ObjectState, ObjectStorage } from '../../packages/server/src/storage/cloudflare/bindings.ts';
import { openObjectStores } from '../../packages/server/src/storage/cloudflare/object-stores.ts';
import { AccountObject as Account } from '../../packages/server/src/worker/account-object.ts';
import { instancePath } from './instance-path.ts';
import worker from '../../packages/server/src/worker/worker.ts';

type Environment = Parameters<typeof worker.fetch>[1];

export default {
  async fetch(request: Request, environment: Environment): Promise<Response> {
    const { pathname } = new URL(request.url);
    return pathname === instancePath ? tellInstance(environment) : worker.fetch(request, environment);
  },
};

/** Asked here and not of the object, since whoever is given it outside of the runtime keeps it awake. */
async function tellInstance({ ACCOUNTS: accounts }: Environment): Promise<Response> {
  const account = accounts.get(accounts.idFromName('account')) as unknown as AccountObject; // The class below.
  return new Response(await account.instance());
}

export class AccountObject extends Account {
  readonly #instance = crypto.randomUUID();

  /** Another one after it slept. */
  async instance(): Promise<string> {
    return this.#instance;
  }

  async countSockets(): Promise<number> {
    return this.ctx.getWebSockets().length;
  }
}

export interface Billed {
  readonly rowsRead: number;
  readonly rowsWritten: number;
}

type Cursor = ReturnType<ObjectStorage['sql']['exec']> & Billed;

/** What appending a batch bills, then the same batch again, then one more operation, then a page of all. */
export class MeasuredObject extends DurableObject<unknown> {
  async measure(batch: Frames, more: Frames): Promise<readonly Billed[]> {
    const { storage, billed } = createMeasuredStorage(this.ctx);
    const { log } = openObjectStores(storage, {
      hash: sha256,
      newLogId: () => randomBytesToUuid<LogId>(crypto.getRandomValues(new Uint8Array(16))),
      onAppended: () => {},
    });
    billed();
    const measured: Billed[] = [];
    for (const frames of [batch, batch, more]) {
      await log.append(frames);
      measured.push(billed());
    }
    await log.readPage({ after: 0, chain: null, operationsMax: batch.length, bytesMax: 1_048_576 });
    return [...measured, billed()];
  }
}

type Frames = Parameters<ReturnType<typeof openObjectStores>['log']['append']>[0];

function createMeasuredStorage({ storage }: ObjectState) {
  let [rowsRead, rowsWritten] = [0, 0];
  const exec: ObjectStorage['sql']['exec'] = (statement, ...values) => {
    const cursor = storage.sql.exec(statement, ...values) as Cursor; // Cloudflare's own has the counts.
    const rows = cursor.toArray();
    rowsRead += cursor.rowsRead;
    rowsWritten += cursor.rowsWritten;
    return { toArray: () => rows };
  };
  const measured: ObjectStorage = {
    sql: { exec, databaseSize: 0 },
    transactionSync: (work) => storage.transactionSync(work),
  };
  /** Since the last time. */
  const billed = (): Billed => {
    const count = { rowsRead, rowsWritten };
    [rowsRead, rowsWritten] = [0, 0];
    return count;
  };
  return { storage: measured, billed };
}
