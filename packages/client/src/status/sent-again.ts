import * as v from 'valibot';
import { IntegrityError } from '../findings/integrity-error.ts';
import type { Facts } from '../store/facts.ts';
import { readJsonFact } from '../store/json-fact.ts';

/** What a server is given again because it says that it lost it. */
export type Lost = 'operations' | 'chunks';

const weekMs = 7 * 24 * 60 * 60 * 1_000;
/** All that is here once, and half of it: a server that is wiped within a week of a smaller loss is healed. */
const shareMax = 1.5;
/** So few cost nothing, however often. */
const alwaysMax: Readonly<Record<Lost, number>> = { operations: 1_000, chunks: 100 };

/** Counted together, so that the list stays short. */
const togetherMs = 60 * 60 * 1_000;

const shape = v.array(
  v.object({ at: v.number(), what: v.picklist(['operations', 'chunks']), count: v.number() }),
);
type Sending = v.InferOutput<typeof shape>[number];

/**
 * A server that asks for everything over and over is given it once. After that a person is asked. // HEAL-10
 *
 * @throws IntegrityError
 */
export function requireRoomToSend(
  facts: Pick<Facts, 'read'>,
  { address, what, lost, held, nowMs }: Asked,
): void {
  const sent = readRecent(facts, nowMs)
    .filter((sending) => sending.what === what)
    .reduce((sum, { count }) => sum + count, 0);
  if (sent === 0 || sent + lost <= alwaysMax[what] || sent + lost <= held() * shareMax) return;
  const things = what === 'operations' ? 'changes' : 'pieces of files';
  throw new IntegrityError({
    kind: 'lost-again',
    concerns: {},
    message: `${address} is asking again for ${lost} ${things}. This device already sent it ${sent} again within the last week.`,
    advice:
      'Did you wipe or restore the server yourself? Then confirm that you know of it, and sync. If not, find out who did. Nothing on this device was lost, and nothing is sent until then.',
  });
}

interface Asked {
  readonly address: string;
  readonly what: Lost;
  /** How many it says that it lost. */
  readonly lost: number;
  /** How many it may have had. */
  readonly held: () => number;
  readonly nowMs: number;
}

export function noteSentAgain(facts: Facts, what: Lost, count: number, nowMs: number): void {
  if (count === 0) return;
  const recent = readRecent(facts, nowMs);
  const last = recent.findLast(
    (sending) => sending.what === what && Math.abs(nowMs - sending.at) < togetherMs,
  );
  const others = recent.filter((sending) => sending !== last);
  const sending = { at: last?.at ?? nowMs, what, count: count + (last?.count ?? 0) };
  facts.write('sent-again', JSON.stringify([...others, sending]));
}

/** Somebody knows of it: the server is given everything once more. // HEAL-10 */
export function allowSendingAgain(facts: Facts): void {
  if ((facts.read('sent-again') ?? '') !== '') facts.write('sent-again', '');
}

function readRecent(facts: Pick<Facts, 'read'>, nowMs: number): readonly Sending[] {
  const sendings = readJsonFact(facts, 'sent-again', shape) ?? [];
  return sendings.filter(({ at }) => Math.abs(nowMs - at) < weekMs);
}
