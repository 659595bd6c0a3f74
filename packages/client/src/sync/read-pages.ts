import { limits } from '@dataans/core';
import type { Cursor } from '../store/local-log.ts';
import { DivergenceError, explainContradiction } from '../findings/divergence.ts';
import type { Page, ServerConnection } from '../connection/server-connection.ts';
import type { SyncRun } from './sync-run.ts';

/** Pages that are on their way while one is being stored: enough to hide the network, few enough to hold. */
const pagesAhead = 3;
/** The first page is short, so that there is something to store while the server reads the next. */
const firstPageOperations = 250;

interface AskedPage {
  readonly after: number;
  readonly limit: number;
  readonly page: Promise<Page | null>;
}

/**
 * The pages behind a position, in order and without a gap, until the end of the log. The next ones
 * are asked for before it is known how many entries they hold: where one comes out shorter because
 * its entries are large, the rest of its range is asked for next. // SYN-5
 *
 * @param from in the log that all of them must be of; the server compares the chain there
 * @param expectedHead where the log was heard to end: pages up to there are asked for right behind the first one
 */
export async function* readPages(
  { connection, clock, signal }: Pick<SyncRun, 'connection' | 'clock' | 'signal'>,
  from: Cursor,
  expectedHead = from.seq,
): AsyncGenerator<Page> {
  const ended = new AbortController();
  const ask = (after: number, limit: number, chain: Uint8Array | null = null): AskedPage => {
    const range = { log: from.log, after, chain, limit };
    const page = connection.readPage(range, AbortSignal.any([signal, ended.signal]));
    page.catch(() => undefined); // It is thrown where the page is awaited, or not wanted any more.
    return { after, limit, page };
  };
  try {
    const asked = [ask(from.seq, firstPageOperations, from.chain)];
    let head = expectedHead;
    let planned = from.seq + firstPageOperations;
    const askAhead = (limit: number): void => {
      for (; asked.length < pagesAhead && planned < head; planned += limit) asked.push(ask(planned, limit));
    };
    // Making the other questions would hold up the first one, which the device waits for.
    if (planned < head) await clock.sleep(0, signal);
    askAhead(nextLimit(firstPageOperations, firstPageOperations));
    for (let current = asked.shift(); current !== undefined; current = asked.shift()) {
      const page = requirePage(connection, current.after, await current.page);
      const reached = current.after + page.frames.length;
      head = Math.max(head, page.head);
      const missing = Math.min(current.after + current.limit, head) - reached;
      if (asked.length === 0) planned = reached;
      else if (missing > 0) asked.unshift(ask(reached, missing));
      askAhead(nextLimit(page.frames.length, current.limit));
      yield page;
      // Put back meanwhile, the log may end before what it was said to have: whoever asks at this end finds out.
      if (page.frames.length === 0) return;
    }
  } finally {
    ended.abort();
  }
}

/** A range that came whole may be followed by a larger one; one that came short by one of its size. */
function nextLimit(received: number, asked: number): number {
  return received < asked ? Math.max(1, received) : Math.min(limits.batchOperationsMax, asked * 2);
}

function requirePage(connection: ServerConnection, after: number, page: Page | null): Page {
  if (page === null) throw new DivergenceError(connection.address, { kind: 'cursor-unknown', seq: after });
  if (page.head < after)
    throw new DivergenceError(connection.address, { kind: 'head-behind', seq: after, head: page.head });
  if (page.frames.length > page.head - after)
    throw explainContradiction(connection.address, {
      kind: 'contradiction',
      what: `it sent ${page.frames.length} entries behind entry ${after} of ${page.head}`,
    });
  if (page.frames.length === 0 && page.head > after)
    throw explainContradiction(connection.address, {
      kind: 'contradiction',
      what: `it sent no entry behind entry ${after} of ${page.head}`,
    });
  return page;
}
