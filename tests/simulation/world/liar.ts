import {
  bytesToHex,
  chainFrames,
  decodeFrames,
  headHeader,
  utf8ToBytes,
  type AppendedMessage,
} from '@dataans/core';
import { sha256 } from '@dataans/server';
import type { TransportRequest } from '@dataans/client';
import type { Chance } from '../../world/chance.ts';
import { lies, type Lie } from './lies.ts';
import type { RunningServer } from './server-host.ts';
import type { WireAnswer } from './tell-server.ts';
import type { World } from './world.ts';

/** Somebody who changes what the server says. */
export interface Liar {
  /** From now on, in one way, for a while. */
  begin(chance: Chance): void;
  stop(): void;
  /** Answers in the place of the server, which learns nothing of the request; `null` where it does not. */
  forge(home: string, request: TransportRequest, server: RunningServer): Promise<WireAnswer | null>;
  /** What becomes of an answer. */
  change(home: string, request: TransportRequest, honest: WireAnswer): Promise<WireAnswer>;
  /** Lies that the home was told since the last time that it was asked. */
  takeTold(home: string): readonly string[];
  hasLied(): boolean;
}

export const forgedBatch = 'a batch that was stored, and was not';

export function createLiar(world: World): Liar {
  const chance = world.chance.fork('liar');
  let kind: string | null = null;
  let hasLied = false;
  const toldByHome = new Map<string, string[]>();
  const note = (home: string, lie: string): void => {
    hasLied = true;
    world.trace.note(home, `is told ${lie}`);
    toldByHome.set(home, [...(toldByHome.get(home) ?? []), lie]);
  };
  return {
    begin: (draw) => {
      const begun = draw.pick([forgedBatch, ...Object.keys(lies)]);
      kind = begun;
      world.trace.note('somebody', `begins to tell ${begun}`);
      world.scheduler.after(draw.pick([2_000, 60_000, 200_000]), null, () => {
        if (kind === begun) kind = null;
      });
    },
    stop: () => {
      kind = null;
    },
    forge: async (home, request, server) => {
      if (kind !== forgedBatch || lineOf(request) !== 'POST /v1/operations') return null;
      const answer = await forgeAcknowledgement(request, server);
      if (answer !== null) note(home, forgedBatch);
      return answer;
    },
    change: async (home, request, honest) => {
      const lie = kind === null ? undefined : lies[kind];
      if (lie === undefined || chance.happens(0.3) || request.url.endsWith('/v1/events')) return honest;
      const told = await tell(request, honest, lie, chance);
      if (told.isLie) note(home, kind ?? '');
      return told.answer;
    },
    takeTold: (home) => {
      const told = toldByHome.get(home) ?? [];
      toldByHome.delete(home);
      return told;
    },
    hasLied: () => hasLied,
  };
}

async function tell(
  request: TransportRequest,
  honest: WireAnswer,
  lie: Lie,
  chance: Chance,
): Promise<{ readonly answer: WireAnswer; readonly isLie: boolean }> {
  const pieces: Uint8Array[] = [];
  for await (const piece of honest.body()) pieces.push(piece);
  const body = new Uint8Array(Buffer.concat(pieces));
  const { status, header: headers } = honest;
  const changed = lie({ request, line: lineOf(request), status, headers, body, hash: sha256 }, chance);
  const header = (name: string): string | null =>
    name === headHeader && changed?.head !== undefined ? String(changed.head) : honest.header(name);
  return {
    isLie: changed !== null,
    answer: wireAnswer(changed?.status ?? status, header, changed?.body ?? body),
  };
}

/** What the server would answer had it taken the batch. */
async function forgeAcknowledgement(
  request: TransportRequest,
  { log }: RunningServer,
): Promise<WireAnswer | null> {
  const sent = request.body === null ? null : decodeFrames(request.body);
  if (sent === null || !sent.ok) return null;
  const head = await log.head();
  const chain = chainFrames(sha256, head.chain, sent.frames).at(-1) ?? head.chain;
  const answer: AppendedMessage = {
    before: head.seq,
    head: head.seq + sent.frames.length,
    chain: bytesToHex(chain),
    already: [],
  };
  return wireAnswer(200, (name) => (name === 'dataans' ? '1' : null), utf8ToBytes(JSON.stringify(answer)));
}

function wireAnswer(status: number, header: WireAnswer['header'], body: Uint8Array): WireAnswer {
  return {
    status,
    header,
    async *body() {
      yield body;
    },
    leave: () => undefined,
  };
}

function lineOf({ method, url }: TransportRequest): string {
  const path = new URL(url).pathname
    .replace(/\/[0-9a-f]{64}$/, '/*')
    .replace(/^\/v1\/log\/\d+$/, '/v1/log/*');
  return `${method} ${path}`;
}
