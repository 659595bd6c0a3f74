import { DataansError, headMessage, paths, textToJson, type HeadMessage } from '@dataans/core';
import { createParser } from 'eventsource-parser';
import * as v from 'valibot';
import { explainUnreachable } from './connection-faults.ts';
import type { Exchange } from './exchange.ts';

const eventCharactersMax = 4_096;

/** Each `head` event of the server's event stream, until it ends or the signal aborts. // SYN-11 */
export async function* readHeads(
  exchange: Exchange,
  silenceMs: number,
  signal: AbortSignal,
): AsyncGenerator<HeadMessage> {
  const question = {
    method: 'GET',
    path: paths.events,
    headers: { accept: 'text/event-stream' },
    bytesMax: 0,
  } as const;
  const { facts, body, watch } = await exchange.open(question, silenceMs, signal);
  let heads: HeadMessage[] = [];
  const parser = createParser({
    maxBufferSize: eventCharactersMax,
    onEvent: ({ event, data }) => {
      if (event === 'head') heads.push(parseHead(facts.address, data));
    },
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') throw notUnderstood(facts.address);
    },
  });
  const decoder = new TextDecoder();
  try {
    for await (const piece of body) {
      watch.touch();
      parser.feed(decoder.decode(piece, { stream: true }));
      yield* heads;
      heads = [];
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof DataansError ? error : explainUnreachable(facts.address, error);
  } finally {
    watch.stop();
  }
}

function parseHead(address: string, data: string): HeadMessage {
  const parsed = v.safeParse(headMessage, textToJson(data));
  if (!parsed.success) throw notUnderstood(address);
  return parsed.output;
}

function notUnderstood(address: string): DataansError {
  return new DataansError('server-failed', `${address} sent an event that Dataans doesn't understand.`);
}
