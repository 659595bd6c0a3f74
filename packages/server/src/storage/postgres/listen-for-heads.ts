import pg, { type Client } from 'pg';
import type { LogId } from '@dataans/core';
import type { Clock } from '../../clock.ts';

/** Tells that heads may have moved, and nothing else: whoever hears it looks. */
export const headChannel = 'dataans_heads';

/** A database that moves to another machine takes a while. */
const reconnectMs = 2_000;

export interface HeadNewsOptions {
  /** An address without a pooler between: through one, LISTEN hears nothing and says so nowhere. */
  readonly address: string;
  readonly clock: Clock;
  /** Called for a log whose head moved, and with `null` if anything may have been missed. */
  readonly onNews: (log: LogId | null) => void;
  readonly onLost: (error: Error) => void;
}

/** Listens on a connection of its own, and makes a new one when it is lost. Returns how to stop. */
export function listenForHeads({ address, clock, onNews, onLost }: HeadNewsOptions): () => Promise<void> {
  let client: Client | null = null;
  let isStopped = false;
  let cancel = () => {};

  const connect = async (): Promise<void> => {
    const next = new pg.Client({
      connectionString: address,
      application_name: 'dataans-server',
      keepAlive: true,
    });
    client = next;
    let isLost = false;
    const lose = (error: Error): void => {
      if (isLost) return;
      isLost = true;
      if (isStopped) return;
      onLost(error);
      cancel = clock.after(reconnectMs, () => connect());
    };
    next.on('error', lose);
    next.on('end', () => lose(new Error('The connection for news of heads has ended.')));
    // The names of logs are what we sent ourselves.
    next.on('notification', ({ payload }) => onNews((payload ?? null) as LogId | null));
    try {
      await next.connect();
      await next.query(`LISTEN ${headChannel}`);
      onNews(null);
    } catch (error) {
      lose(error instanceof Error ? error : new Error(String(error)));
      await next.end().catch(() => undefined);
    }
  };
  void connect();
  return async () => {
    isStopped = true;
    cancel();
    await client?.end().catch(() => undefined);
  };
}
