// What we use of `pg`. The package `@types/pg` would bring parts of it to the tools as well, and npm then leaves
// those out of the list of what people install.
declare module 'pg' {
  import type { EventEmitter } from 'node:events';

  interface ConnectionOptions {
    readonly connectionString: string;
    /** As PostgreSQL shows who is connected. */
    readonly application_name?: string;
    readonly keepAlive?: boolean;
  }

  interface PoolOptions extends ConnectionOptions {
    readonly max?: number;
    /** How long a call waits for a connection. */
    readonly connectionTimeoutMillis?: number;
    /** How long a call waits for its answer, in milliseconds. */
    readonly query_timeout?: number;
  }

  interface QueryResult<Row> {
    readonly rows: readonly Row[];
    readonly rowCount: number | null;
  }

  interface Queries {
    query<Row>(statement: string, values?: readonly unknown[]): Promise<QueryResult<Row>>;
  }

  interface Notification {
    readonly payload?: string;
  }

  class Client extends EventEmitter implements Queries {
    constructor(options: ConnectionOptions);
    connect(): Promise<void>;
    query<Row>(statement: string, values?: readonly unknown[]): Promise<QueryResult<Row>>;
    end(): Promise<void>;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'end', listener: () => void): this;
    on(event: 'notification', listener: (notification: Notification) => void): this;
  }

  interface PoolClient extends Queries {
    /** @param destroy whether the connection is closed instead of kept */
    release(destroy: boolean): void;
    on(event: 'error', listener: (error: Error) => void): this;
  }

  class Pool implements Queries {
    constructor(options: PoolOptions);
    query<Row>(statement: string, values?: readonly unknown[]): Promise<QueryResult<Row>>;
    connect(): Promise<PoolClient>;
    end(): Promise<void>;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'connect', listener: (client: PoolClient) => void): this;
  }

  const pg: { readonly Pool: typeof Pool; readonly Client: typeof Client };
  export type { Client, PoolClient, Queries };
  export default pg;
}
