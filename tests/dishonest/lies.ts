import { randomBytes } from 'node:crypto';
import type { Finding } from '@dataans/client';
import { limits, type Frame } from '@dataans/core';
import { sha256 } from '@dataans/server';
import { alter, forgeAnswer, forgeBytes, forgeFrames, forgeHead, forgeJson, forgeProblem } from './forge.ts';
import type { Asked, Lie } from './lying-server.ts';

/** What a server says that is not so, and what a device must make of it. */
export interface ToldLie {
  readonly title: string;
  readonly lie: Lie;
  /**
   * Who meets it: `reader` has followed the log and gets three new entries, `writer` has two changes to send and
   * nothing to get, `attacher` a note with a file, `newcomer` has never synced, `holder` has everything that the
   * server has.
   */
  readonly to: 'reader' | 'writer' | 'attacher' | 'newcomer' | 'holder';
  /** The commands that meet it, one after the other: the last one or the status after it must name the lie. */
  readonly by: readonly (readonly string[])[];
  readonly finding: Finding['kind'];
}

const sync = [['sync']] as const;
const verify = [['verify']] as const;
const deepVerify = [['verify', '--deep']] as const;

/** Lies about one address. */
function on(line: string, lie: Lie): Lie {
  return (asked) => (asked.line === line ? lie(asked) : asked.honest());
}

/** Other frames in the pages that a device gets. */
function pages(change: (frames: readonly Frame[], asked: Asked) => readonly Frame[]): Lie {
  return on('GET /v1/operations', async (asked) =>
    forgeFrames(await asked.honest(), (frames) => change(frames, asked)),
  );
}

/** Other frames for the entries behind this one only. */
function pagesBehind(after: number, change: (frames: readonly Frame[]) => readonly Frame[]): Lie {
  return pages((frames, { url }) =>
    url.searchParams.get('after') === String(after) ? change(frames) : frames,
  );
}

/** The frame at this place becomes another one. */
function changeAt(
  place: number,
  change: (frame: Frame) => Frame,
): (frames: readonly Frame[]) => readonly Frame[] {
  return (frames) => frames.map((frame, index) => (index === place ? change(frame) : frame));
}

function swap(frames: readonly Frame[], one: number, other: number): readonly Frame[] {
  const [first, second] = [frames[one], frames[other]];
  if (first === undefined || second === undefined) return frames;
  return frames.with(one, second).with(other, first);
}

/** Only the hash of it is left, by which the chain is right. */
const prune = (frame: Frame): Frame => ({ ...frame, kind: 'pruned', body: sha256(frame.body) });

const randomId = (frame: Frame): Frame => ({ ...frame, id: randomBytes(16) });
const otherRecord = (change: (record: Readonly<Record<string, unknown>>) => object): Lie =>
  on('GET /v1/account', async ({ honest }) => forgeJson(await honest(), change));
const chunkBytes = (change: (body: Buffer) => Uint8Array): Lie =>
  on('GET /v1/chunks/*', async ({ honest }) => forgeBytes(await honest(), change));

export const lies: readonly ToldLie[] = [
  // What is new to a device that follows the log.
  {
    title: 'one bit of a sealed operation is another',
    to: 'reader',
    by: sync,
    lie: pages(changeAt(1, (frame) => alter(frame, 40))),
    finding: 'entry-unreadable',
  },
  {
    title: 'the tag of a sealed operation is another',
    to: 'reader',
    by: sync,
    lie: pages(changeAt(0, (frame) => alter(frame, -1))),
    finding: 'entry-unreadable',
  },
  {
    title: 'a sealed operation says that it is of another version',
    to: 'reader',
    by: sync,
    lie: pages(changeAt(0, (frame) => alter(frame, 0))),
    finding: 'entry-unreadable',
  },
  {
    title: 'a sealed operation says that it is under another key',
    to: 'reader',
    by: sync,
    lie: pages(changeAt(2, (frame) => alter(frame, 2))),
    finding: 'entry-unreadable',
  },
  {
    title: 'two operations go by the id of the other',
    to: 'reader',
    by: sync,
    lie: pages((frames) => {
      const [first, second, ...rest] = frames;
      if (first === undefined || second === undefined) return frames;
      return [{ ...first, id: second.id }, { ...second, id: first.id }, ...rest];
    }),
    finding: 'entry-unreadable',
  },
  {
    title: 'an operation goes by an id that nobody gave it',
    to: 'reader',
    by: sync,
    lie: pages(changeAt(0, randomId)),
    finding: 'entry-unreadable',
  },
  {
    title: 'an operation is cut short',
    to: 'reader',
    by: sync,
    lie: pages(changeAt(0, (frame) => ({ ...frame, body: frame.body.subarray(0, limits.envelopeBytesMin) }))),
    finding: 'entry-unreadable',
  },
  {
    title: 'an operation comes a second time',
    to: 'reader',
    by: sync,
    lie: on('GET /v1/operations', async ({ honest }) =>
      forgeHead(await forgeFrames(await honest(), (frames) => [...frames, ...frames.slice(-1)]), 1),
    ),
    finding: 'entry-repeated',
  },
  {
    title: 'an old operation has other bytes when it comes again',
    to: 'reader',
    by: sync,
    lie: on('GET /v1/operations', async ({ honest, ask }) => {
      const old = await ask('/v1/operations?after=0&limit=1');
      let first: Frame | undefined;
      await forgeFrames(old, (frames) => {
        [first] = frames;
        return frames;
      });
      return forgeFrames(
        await honest(),
        changeAt(0, (frame) => ({ ...frame, id: first?.id ?? frame.id })),
      );
    }),
    finding: 'entry-altered',
  },
  {
    title: 'the newest operation was pruned before it came',
    to: 'reader',
    by: sync,
    lie: pages((frames) => changeAt(frames.length - 1, prune)(frames)),
    finding: 'entry-withheld',
  },
  {
    title: 'an old operation was pruned, and has another hash',
    to: 'holder',
    by: verify,
    lie: pagesBehind(
      0,
      changeAt(1, (frame) => prune(alter(frame, 40))),
    ),
    finding: 'entry-altered',
  },
  {
    title: 'an operation in the middle is held back',
    to: 'reader',
    by: sync,
    lie: on('GET /v1/operations', async ({ honest }) =>
      forgeHead(await forgeFrames(await honest(), (frames) => frames.filter((_, index) => index !== 1)), -1),
    ),
    finding: 'operations-missing',
  },
  {
    title: 'a page is cut off in the middle of an operation',
    to: 'reader',
    by: sync,
    lie: on('GET /v1/operations', async ({ honest }) =>
      forgeBytes(await honest(), (body) => body.subarray(0, body.length - 7)),
    ),
    finding: 'answers-contradict',
  },
  {
    title: 'a page has bytes behind its last operation',
    to: 'reader',
    by: sync,
    lie: on('GET /v1/operations', async ({ honest }) =>
      forgeBytes(await honest(), (body) => Buffer.concat([body, Buffer.from('more')])),
    ),
    finding: 'answers-contradict',
  },
  {
    title: 'a page is empty although the log is longer',
    to: 'reader',
    by: sync,
    lie: on('GET /v1/operations', async ({ honest }) => forgeBytes(await honest(), () => Buffer.alloc(0))),
    finding: 'answers-contradict',
  },
  {
    title: 'a page has more entries than the log',
    to: 'reader',
    by: sync,
    lie: on('GET /v1/operations', async ({ honest }) => forgeHead(await honest(), -2)),
    finding: 'answers-contradict',
  },
  {
    title: 'the log is shorter than it was, says a page, and as long as ever, says the server',
    to: 'reader',
    by: sync,
    lie: on('GET /v1/operations', async ({ honest }) =>
      forgeHead(await forgeBytes(await honest(), () => Buffer.alloc(0)), -5),
    ),
    finding: 'answers-contradict',
  },
  {
    title: 'the log is another one than was followed, and then it is not',
    to: 'reader',
    by: sync,
    lie: on('GET /v1/operations', async () => forgeProblem('log-diverged')),
    finding: 'answers-contradict',
  },

  // What a device sends.
  {
    title: 'more operations were stored than were sent',
    to: 'writer',
    by: sync,
    lie: on('POST /v1/operations', async ({ honest }) =>
      forgeJson(await honest(), (answer) => ({ ...answer, head: Number(answer['head']) + 3 })),
    ),
    finding: 'answers-contradict',
  },
  {
    title: 'the server has had all operations before, which it has not',
    to: 'writer',
    by: sync,
    lie: on('POST /v1/operations', async ({ ask }) => {
      const log = (await (await ask('/v1/log')).json()) as { head: number; chain: string };
      return forgeAnswer({ before: log.head, head: log.head, chain: log.chain, already: [0, 1] });
    }),
    finding: 'answers-contradict',
  },
  {
    title: 'the chain behind what was sent is another one',
    to: 'writer',
    by: sync,
    lie: on('POST /v1/operations', async ({ honest }) =>
      forgeJson(await honest(), (answer) => ({ ...answer, chain: '0'.repeat(64) })),
    ),
    finding: 'chain-differs',
  },
  {
    title: 'another operation is there under the id of a new one',
    to: 'writer',
    by: sync,
    lie: on('POST /v1/operations', async () => forgeProblem('operation-conflict')),
    finding: 'operation-refused',
  },
  {
    title: 'a piece of a file was stored, which it was not',
    to: 'attacher',
    by: [...sync, ...verify],
    lie: on('PUT /v1/chunks/*', async () => forgeAnswer({})),
    finding: 'chunk-missing',
  },
  {
    title: 'the pieces of a new file are all there already, which they are not',
    to: 'attacher',
    by: [...sync, ...deepVerify],
    lie: on('POST /v1/chunks/missing', async () => forgeAnswer({ names: [] })),
    finding: 'chunk-missing',
  },

  // What a device gets that has nothing to compare with.
  {
    title: 'two operations stand in each other’s place',
    to: 'newcomer',
    by: sync,
    lie: pages((frames) => swap(frames, 1, 2)),
    finding: 'chain-differs',
  },
  {
    title: 'the last operation is left out, and the one before comes twice',
    to: 'newcomer',
    by: sync,
    lie: pages((frames) => [...frames.slice(0, -1), ...frames.slice(-2, -1)]),
    finding: 'chain-differs',
  },
  {
    title: 'the chain at the head is another one',
    to: 'newcomer',
    by: sync,
    lie: on('POST /v1/operations', async ({ honest }) =>
      forgeJson(await honest(), (answer) => ({ ...answer, chain: 'f'.repeat(64) })),
    ),
    finding: 'chain-differs',
  },
  {
    title: 'one bit of a piece of a file is another',
    to: 'newcomer',
    by: sync,
    lie: chunkBytes((body) => {
      const other = Buffer.from(body);
      other.writeUInt8(other.readUInt8(100) ^ 1, 100);
      return other;
    }),
    finding: 'chunk-altered',
  },
  {
    title: 'a piece of a file is cut short',
    to: 'newcomer',
    by: sync,
    lie: chunkBytes((body) => body.subarray(0, body.length - 1)),
    finding: 'chunk-altered',
  },
  {
    title: 'a piece of a file is nothing at all',
    to: 'newcomer',
    by: sync,
    lie: chunkBytes(() => Buffer.alloc(0)),
    finding: 'chunk-altered',
  },

  // What was followed long ago, and other things that only verifying looks at.
  {
    title: 'an old operation has other bytes',
    to: 'holder',
    by: verify,
    lie: pagesBehind(
      0,
      changeAt(1, (frame) => alter(frame, 60)),
    ),
    finding: 'entry-altered',
  },
  {
    title: 'two old operations stand in each other’s place',
    to: 'holder',
    by: verify,
    lie: pagesBehind(0, (frames) => swap(frames, 0, 2)),
    finding: 'entry-displaced',
  },
  {
    title: 'an old operation was put in the place of another one',
    to: 'holder',
    by: verify,
    lie: pagesBehind(0, (frames) => frames.with(1, frames[0] ?? raise())),
    finding: 'entry-displaced',
  },
  {
    title: 'an old operation was replaced by one that does not open',
    to: 'holder',
    by: verify,
    lie: pagesBehind(0, changeAt(2, randomId)),
    finding: 'chain-differs',
  },
  {
    title: 'the chain at the head is another one than the entries lead to',
    to: 'holder',
    by: verify,
    lie: on('GET /v1/log', async ({ honest }) =>
      forgeJson(await honest(), (log) => ({ ...log, chain: 'f'.repeat(64) })),
    ),
    finding: 'log-rolled-back',
  },
  {
    title: 'the newest operation is held back, although the log is said to have it',
    to: 'holder',
    by: verify,
    lie: on('GET /v1/operations', async ({ honest }) =>
      forgeHead(await forgeFrames(await honest(), (frames) => frames.slice(0, -1)), -1),
    ),
    finding: 'answers-contradict',
  },
  {
    title: 'the newest operation is held back, and the log said to be without it',
    to: 'holder',
    by: verify,
    lie: async (asked) => {
      const response = await asked.honest();
      if (asked.line === 'GET /v1/operations')
        return forgeHead(await forgeFrames(response, (frames) => frames.slice(0, -1)), -1);
      if (asked.line !== 'GET /v1/log') return response;
      const { head } = (await response.clone().json()) as { head: number };
      const { chain } = (await (await asked.ask(`/v1/log/${head - 1}`)).json()) as { chain: string };
      return forgeJson(response, (log) => ({ ...log, head: head - 1, chain }));
    },
    finding: 'log-rolled-back',
  },
  {
    title: 'the account record is another one',
    to: 'holder',
    by: verify,
    lie: otherRecord((record) => ({
      ...record,
      keyring: `AQ${String(record['keyring']).slice(2).toLowerCase()}`,
    })),
    finding: 'account-changed',
  },
  {
    title: 'the account record asks for a cheap derivation',
    to: 'holder',
    by: verify,
    lie: otherRecord((record) => ({ ...record, kdf: { name: 'PBKDF2-HMAC-SHA-256', iterations: 1_000 } })),
    finding: 'account-weakened',
  },
  {
    title: 'the account record asks for a derivation that does not end',
    to: 'holder',
    by: verify,
    lie: otherRecord((record) => ({
      ...record,
      kdf: { name: 'PBKDF2-HMAC-SHA-256', iterations: limits.kdfIterationsMax + 1 },
    })),
    finding: 'account-weakened',
  },
  {
    title: 'the account record is none',
    to: 'holder',
    by: verify,
    lie: otherRecord(() => ({ version: 7 })),
    finding: 'account-damaged',
  },
  {
    title: 'there is no account',
    to: 'holder',
    by: verify,
    lie: on('GET /v1/account', async () => forgeProblem('not-found')),
    finding: 'account-missing',
  },
  {
    title: 'a piece of a file is not there',
    to: 'holder',
    by: verify,
    lie: on('POST /v1/chunks/missing', async ({ request, honest }) => {
      const { names } = (await request.clone().json()) as { names: readonly string[] };
      await honest();
      return forgeAnswer({ names: names.slice(0, 1) });
    }),
    finding: 'chunk-missing',
  },
  {
    title: 'a piece of a file is not there when it is fetched',
    to: 'holder',
    by: deepVerify,
    lie: on('GET /v1/chunks/*', async () => forgeProblem('not-found')),
    finding: 'chunk-missing',
  },
  {
    title: 'a piece of a file is another piece',
    to: 'holder',
    by: deepVerify,
    lie: chunkBytes((body) => randomBytes(body.length)),
    finding: 'chunk-altered',
  },
];

function raise(): never {
  throw new TypeError('The log has too few entries for this lie.');
}
