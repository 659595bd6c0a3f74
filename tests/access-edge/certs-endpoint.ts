import type { ServerResponse } from 'node:http';
import type { SigningKeys } from './signing-keys.ts';

/** Ways in which the keys can be had, or not. */
export const certsStates = ['well', 'failing', 'silent', 'cut', 'page'] as const;
export type CertsState = (typeof certsStates)[number];

/** Answers for `/cdn-cgi/access/certs`, to anybody. */
export interface CertsEndpoint {
  answer(response: ServerResponse): void;
  become(state: CertsState): void;
  /** How many times it was asked. */
  count(): number;
}

export function createCertsEndpoint(keys: SigningKeys): CertsEndpoint {
  let state: CertsState = 'well';
  let count = 0;
  return {
    become: (next) => {
      state = next;
    },
    count: () => count,
    answer: (response) => {
      count += 1;
      answerByState[state](response, keys);
    },
  };
}

const answerByState: Readonly<Record<CertsState, (response: ServerResponse, keys: SigningKeys) => void>> = {
  well: (response, keys) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(keys.certs()));
  },
  failing: (response) => {
    response.writeHead(503).end('error code: 1200');
  },
  silent: () => undefined,
  cut: (response) => {
    response.destroy();
  },
  page: (response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Just a moment...</title>');
  },
};
