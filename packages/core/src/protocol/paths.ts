import type { ChunkName } from '../ids/chunk-name.ts';

/** The paths of the protocol, below the address of the server. */
export const paths = {
  account: '/v1/account',
  log: '/v1/log',
  logAt: (seq: number) => `/v1/log/${seq}`,
  operations: '/v1/operations',
  operationsMissing: '/v1/operations/missing',
  chunks: '/v1/chunks',
  chunk: (name: ChunkName) => `/v1/chunks/${name}`,
  chunksMissing: '/v1/chunks/missing',
  events: '/v1/events',
  session: '/v1/session',
  /** The page of the server on which a person hands a sign-in over to the command line. */
  handOver: '/hand-over',
} as const;
