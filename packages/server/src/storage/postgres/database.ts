import pg, { type Queries } from 'pg';
import { asPostgresError } from './postgres-error.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly rows: readonly Row[];
  /** Rows that were changed, or read. */
  readonly count: number;
}

/** One statement, which is a transaction of its own unless it runs in another. What it rejects with every store has. */
export type Query = (statement: string, values?: readonly unknown[]) => Promise<Answer>;

export interface PostgresDatabase {
  readonly query: Query;
  /** What the work throws undoes all of it. */
  transact<Result>(work: (query: Query) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `postgres://…` */
  readonly address: string;
  readonly connections: number;
  /** Hears when a connection that nobody used was lost. */
  readonly onLost: (error: Error) => void;
}

/** More than four answer no quicker: one log is a row that each append waits for. */
export const defaultConnections = 4;

/** A call waits so long for a connection, and for an answer. Without names of statements, which poolers mix up. */
const connectMs = 5_000;
const answerMs = 30_000;

/** Connections to a PostgreSQL server, made when they are needed. */
export function openPostgresDatabase({ address, connections, onLost }: DatabaseOptions): PostgresDatabase {
  const pool = new pg.Pool({
    connectionString: address,
    application_name: 'dataans-server',
    max: connections,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    keepAlive: true,
  });
  // Without a listener an idle connection that the server closes would end the process.
  pool.on('error', onLost);
  // The same for one that is in use between two statements: the next of them fails.
  pool.on('connect', (client) => void client.on('error', () => {}));
  return {
    query: createQuery(pool),
    transact: async (work) => {
      const client = await mapErrors(pool.connect());
      let failure: unknown;
      try {
        const query = createQuery(client);
        await query('BEGIN');
        const result = await work(query);
        await query('COMMIT');
        return result;
      } catch (error) {
        failure = error;
        throw error;
      } finally {
        // A connection that is closed within a transaction undoes it.
        client.release(failure !== undefined);
      }
    },
    close: () => pool.end(),
  };
}

function createQuery(on: Queries): Query {
  return async (statement, values = []) => {
    const { rows, rowCount } = await mapErrors(on.query<Row>(statement, values));
    return { rows, count: rowCount ?? 0 };
  };
}

async function mapErrors<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    throw asPostgresError(error);
  }
}
