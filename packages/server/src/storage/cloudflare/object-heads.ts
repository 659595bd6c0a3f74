import * as v from 'valibot';
import { bytesToHex, headMessage, hexToBytes, type HeadMessage, type LogId } from '@dataans/core';
import type { Clock } from '../../clock.ts';
import type { HeadListener } from '../../log/head-feed.ts';
import type { LogHead } from '../../log/log-store.ts';
import type { ObjectSocket, WorkerSocket } from './bindings.ts';
import type { AccountStub } from './object-calls.ts';

/** An object that was moved or deployed anew is back by then. */
const connectAgainMs = 1_000;

/** Tells the Workers that listen to an object. It is awake anyway: something was just stored. */
export function tellHead(sockets: readonly ObjectSocket[], head: LogHead): void {
  for (const socket of sockets)
    try {
      socket.send(headToText(head));
    } catch {
      // It is closing. Who listens there looks for the head at the next heartbeat, or is gone.
    }
}

function headToText({ seq, chain }: LogHead): string {
  return JSON.stringify({ head: seq, chain: bytesToHex(chain) } satisfies HeadMessage);
}

/**
 * Listens to an object over a socket, which it keeps while it sleeps. Each listener has one of its own: what one request
 * opened no other may use. The object tells the head at once when a socket opens. // SRV-132
 */
export function listenToObject(
  stub: () => AccountStub,
  log: LogId,
  listener: HeadListener,
  clock: Pick<Clock, 'after'>,
): () => void {
  let isOver = false;
  let socket: WorkerSocket | null = null;
  let callOff = () => {};

  const connect = async (): Promise<void> => {
    socket = await openSocket(stub()).catch(() => null);
    if (isOver) return socket?.close();
    if (socket === null) return again();
    socket.addEventListener('message', ({ data }) => {
      const head = parseHead(log, data);
      if (head !== null && !isOver) listener(head);
    });
    socket.addEventListener('close', again);
    socket.accept();
  };
  const again = (): void => {
    socket = null;
    if (!isOver) callOff = clock.after(connectAgainMs, connect);
  };
  // After what the listener asks of the object in this turn: one that is asked something while it takes a socket
  // stays awake as long as the socket is open.
  callOff = clock.after(0, connect);
  return () => {
    isOver = true;
    callOff();
    socket?.close();
  };
}

async function openSocket(stub: AccountStub): Promise<WorkerSocket | null> {
  const response = await stub.fetch('https://object/heads', { headers: { upgrade: 'websocket' } });
  // A response of Workers has the socket that it opened.
  return (response as Response & { readonly webSocket: WorkerSocket | null }).webSocket;
}

function parseHead(log: LogId, data: unknown): LogHead | null {
  const parsed = v.safeParse(headMessage, typeof data === 'string' ? JSON.parse(data) : null);
  if (!parsed.success) return null;
  const chain = hexToBytes(parsed.output.chain);
  return chain && { log, seq: parsed.output.head, chain };
}
