/** A PostgreSQL database that keeps what a server stores, but for the chunks. */
export interface DatabasePlace {
  /** `postgres://…`, the password in it. */
  readonly address: string;
  /** Where to listen for news of heads; `null`: look for them instead. */
  readonly listenAddress: string | null;
  /** At most, in one process. */
  readonly connections: number;
  /** Whether a start brings the tables up to date. */
  readonly migrates: boolean;
}

/** The address without what is secret in it: its options can be, too. */
export function databaseToText({ address }: Pick<DatabasePlace, 'address'>): string {
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}
