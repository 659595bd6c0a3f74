import { bytesToHex, utf8ToBytes, type HeadMessage } from '@dataans/core';
import type { Clock } from '../clock.ts';
import type { EndSignal } from '../end-signal.ts';
import type { HeadFeed } from '../log/head-feed.ts';
import type { LogHead, LogStore } from '../log/log-store.ts';

/** Proxies take a silent connection for a dead one. */
export const heartbeatMs = 25_000;

// The encoder makes a new array of its own.
const heartbeat = utf8ToBytes(':\n\n') as Uint8Array<ArrayBuffer>;

export interface HeadEventsOptions {
  readonly log: Pick<LogStore, 'id' | 'head'>;
  readonly heads: HeadFeed;
  readonly clock: Clock;
  /** Ends the stream when the server stops. */
  readonly stopping: EndSignal;
  /** Ends it where nothing else says that its reader is no longer there. */
  readonly gone: EndSignal;
  /** Milliseconds since 1970 at which the caller becomes nobody; `null`: never. */
  readonly expires: number | null;
  /** Asked at each heartbeat: whether the caller may still listen. Never rejects. */
  readonly isStillAllowed: () => Promise<boolean>;
  /** Called once when the stream is over, however it ended. */
  readonly onEnd: () => void;
}

/**
 * Server-sent events with the head of the log: at once, and whenever it moved since the reader
 * last took one. A slow reader skips heads instead of making us keep them. // SRV-14, SRV-15
 */
export function streamHeadEvents(options: HeadEventsOptions): ReadableStream<Uint8Array<ArrayBuffer>> {
  const { log, heads, clock, expires } = options;
  const ends = [options.stopping, options.gone];
  /** The newest head that the reader had no room for. */
  let waiting: LogHead | null = null;
  /** Where the newest head stands that was sent or waits. */
  let newestSeq = -1;
  let release = () => {};

  const start = async (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>) => {
    let over = false;
    let stopTimer = () => {};
    const hasRoom = () => (controller.desiredSize ?? 0) > 0;
    const send = (head: LogHead) => {
      if (head.seq <= newestSeq) return;
      newestSeq = head.seq;
      waiting = hasRoom() ? null : head;
      if (waiting === null) controller.enqueue(encodeHead(head));
    };
    const close = () => {
      if (over) return;
      release();
      controller.close();
    };
    const tick = async () => {
      const allowed = !isPast(expires, clock) && (await options.isStillAllowed());
      if (over) return;
      if (!allowed) return close();
      // A notice may have been lost: so a stream is never further behind than one heartbeat.
      const head = await log.head().catch(() => null);
      if (over) return;
      // Whoever reads along meets the failure when they come back.
      if (head === null) return close();
      send(head);
      if (hasRoom()) controller.enqueue(heartbeat);
      stopTimer = clock.after(untilNextTickMs(expires, clock), tick);
    };
    const unsubscribe = heads.subscribe(log.id, send);
    release = () => {
      if (over) return;
      over = true;
      unsubscribe();
      stopTimer();
      for (const end of ends) end.removeEventListener('abort', close);
      options.onEnd();
    };
    stopTimer = clock.after(untilNextTickMs(expires, clock), tick);
    for (const end of ends) end.addEventListener('abort', close);
    try {
      send(await log.head());
    } catch (error) {
      release();
      throw error;
    }
    if (ends.some(({ aborted }) => aborted)) close();
  };

  return new ReadableStream({
    start,
    pull: (controller) => {
      if (waiting === null) return;
      controller.enqueue(encodeHead(waiting));
      waiting = null;
    },
    cancel: () => release(),
  });
}

function isPast(expires: number | null, clock: Clock): boolean {
  return expires !== null && expires <= clock.now();
}

function untilNextTickMs(expires: number | null, clock: Clock): number {
  return expires === null ? heartbeatMs : Math.max(0, Math.min(heartbeatMs, expires - clock.now()));
}

function encodeHead(head: LogHead): Uint8Array<ArrayBuffer> {
  const message: HeadMessage = { head: head.seq, chain: bytesToHex(head.chain) };
  // The encoder makes a new array of its own.
  return utf8ToBytes(`event: head\ndata: ${JSON.stringify(message)}\n\n`) as Uint8Array<ArrayBuffer>;
}
