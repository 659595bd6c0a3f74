import type { Transport, TransportRequest, TransportResponse } from '@dataans/client';
import { createBytePipe } from './byte-pipe.ts';
import type { Chance } from '../../world/chance.ts';
import type { Life } from '../engine/life.ts';
import { drawFate, strangerAnswer, type Fate } from './fate.ts';
import type { Liar } from './liar.ts';
import type { RunningServer } from './server-host.ts';
import { tellServer, type WireAnswer } from './tell-server.ts';
import type { World } from './world.ts';

/** All that lies between devices and the server that answers at the one address. */
export interface Network {
  /** As a process of a device sees it. */
  transportOf(home: string, life: Life): Transport;
  /** Requests so far. */
  requests(): number;
}

export interface NetworkDependencies {
  readonly world: World;
  /** Who answers this home at the address now. */
  readonly server: (home: string) => RunningServer | null;
  readonly liar: Liar;
  /** Called whenever a server may have stored operations. */
  readonly onAppended: () => void;
}

export function createNetwork(dependencies: NetworkDependencies): Network {
  const { world } = dependencies;
  const chance = world.chance.fork('network');
  let requests = 0;
  return {
    transportOf: (home, life) => (request) => {
      requests += 1;
      return exchange({ ...dependencies, chance, home, life, number: requests }, request);
    },
    requests: () => requests,
  };
}

interface ExchangeDependencies extends NetworkDependencies {
  readonly chance: Chance;
  readonly home: string;
  readonly life: Life;
  readonly number: number;
}

/** One request on its way there and back. */
function exchange(dependencies: ExchangeDependencies, request: TransportRequest): Promise<TransportResponse> {
  const { world, chance, home, liar } = dependencies;
  const line = describeRequest(request);
  const fate = drawFate(world.plan.weather, chance, line);
  world.wire.inspect(line, Buffer.from(`${request.url} ${JSON.stringify(request.headers)}`));
  if (request.body !== null) world.wire.inspect(line, request.body);
  world.trace.note(home, `#${dependencies.number} ${line}${fate.kind === 'arrives' ? '' : `: ${fate.kind}`}`);
  const client = createClientEnd(dependencies, request);
  const deliver = (isFirst: boolean): void => {
    const server = dependencies.server(home);
    if (server === null) {
      if (isFirst) client.refuse('ECONNREFUSED');
      return;
    }
    if (isFirst) server.life.onEnd(() => client.refuse('ECONNRESET'));
    const cutAt = fate.kind === 'request cut' ? chance.next() : null;
    const tell = async (): Promise<void> => {
      const forged = fate.kind === 'arrives' ? await liar.forge(home, request, server) : null;
      if (forged !== null) return client.answer(forged, fate);
      const answer = await tellServer(world, server, request, cutAt, chance);
      if (line.startsWith('POST /v1/operations?')) dependencies.onAppended();
      if (!isFirst || fate.kind === 'answer lost' || fate.kind === 'request cut') return answer.leave();
      return client.answer(await liar.change(home, request, answer), fate);
    };
    void tell();
  };
  const arrival = (): number => chance.between(1, fate.isSlow ? 20_000 : 60);
  switch (fate.kind) {
    case 'lost':
      client.breakOff();
      break;
    case 'stranger':
      world.scheduler.after(arrival(), null, () => void client.answer(strangerAnswer(chance), fate));
      break;
    case 'answer lost':
    case 'request cut':
      world.scheduler.after(arrival(), null, () => {
        deliver(true);
        client.breakOff();
      });
      break;
    case 'twice':
      world.scheduler.after(chance.between(1, chance.pick([100, 60_000])), null, () => {
        deliver(false);
      });
      world.scheduler.after(arrival(), null, () => {
        deliver(true);
      });
      break;
    case 'arrives':
    case 'answer cut':
      world.scheduler.after(arrival(), null, () => {
        deliver(true);
      });
  }
  return client.response;
}

/** The device's end of an exchange. */
interface ClientEnd {
  readonly response: Promise<TransportResponse>;
  answer(answer: WireAnswer, fate: Fate): Promise<void>;
  /** The connection is gone: at once, or never a sign of it. */
  breakOff(): void;
  refuse(code: string): void;
}

function createClientEnd(
  { world, chance, life }: ExchangeDependencies,
  { signal }: TransportRequest,
): ClientEnd {
  const { promise, resolve, reject } = Promise.withResolvers<TransportResponse>();
  const pipe = createBytePipe();
  let isOver = false;
  let leave: () => void = () => undefined;
  let lastDueMs = 0;
  const finish = (): void => {
    isOver = true;
    signal.removeEventListener('abort', abort);
  };
  const fail = (error: Error): void => {
    if (isOver) return;
    finish();
    leave();
    if (!life.isAlive()) return;
    pipe.fail(error);
    reject(error);
  };
  const abort = (): void => {
    fail(new Error('The request was aborted.', { cause: signal.reason }));
  };
  life.onEnd(() => {
    finish();
    leave();
  });
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort);
  /** In order, however long each takes. */
  const later = (run: () => void): void => {
    lastDueMs = Math.max(lastDueMs + shortMs, world.scheduler.now() + chance.between(1, 30));
    world.scheduler.after(lastDueMs - world.scheduler.now(), life, () => {
      if (!isOver) run();
    });
  };
  const refuse = (code: string): void => {
    if (isOver) return;
    later(() => {
      fail(Object.assign(new Error(code), { code }));
    });
  };
  const breakOff = (): void => {
    if (chance.happens(0.7)) refuse('ECONNRESET');
  };
  promise.catch(() => undefined); // It is the caller's to await; a process that has ended never does.

  return {
    response: promise,
    breakOff,
    refuse,
    answer: async (answer, fate) => {
      leave = answer.leave;
      if (isOver) return answer.leave();
      later(() => {
        resolve({ status: answer.status, header: answer.header, body: pipe.read(finishReading) });
      });
      const cutAt = fate.kind === 'answer cut' ? chance.next() : null;
      for await (const piece of answer.body()) {
        if (isOver) return undefined;
        const arrives = cutAt === null ? piece : piece.subarray(0, Math.floor(piece.length * cutAt));
        for (const part of splitSometimes(arrives, chance))
          later(() => {
            pipe.push(part);
          });
        if (cutAt !== null) return breakOff();
      }
      later(() => {
        finish();
        pipe.end();
      });
      return undefined;
    },
  };

  function finishReading(): void {
    if (isOver) return;
    finish();
    leave();
  }
}

/** Keeps in order what would come at one moment. */
const shortMs = 0.001;

function splitSometimes(bytes: Uint8Array, chance: Chance): readonly Uint8Array[] {
  if (bytes.length < 2 || chance.happens(0.8)) return [bytes];
  const middle = chance.between(1, bytes.length - 1);
  return [bytes.subarray(0, middle), bytes.subarray(middle)];
}

function describeRequest({ method, url, body }: TransportRequest): string {
  const { pathname, search } = new URL(url);
  const short = `${pathname}${search}`.replaceAll(/([0-9a-f]{8})[0-9a-f-]{24,}/g, '$1…');
  return `${method} ${short}${body === null ? '' : ` (${body.length})`}`;
}
