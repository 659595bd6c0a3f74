import { DurableObject } from 'cloudflare:workers';
import { randomBytesToUuid, type LogId } from '@dataans/core';
import { sha256 } from '../hash.ts';
import type { ObjectSocket, ObjectState } from '../storage/cloudflare/bindings.ts';
import { answerCall, type AccountStub, type ObjectAnswer } from '../storage/cloudflare/object-calls.ts';
import { tellHead } from '../storage/cloudflare/object-heads.ts';
import { openObjectStores, type ObjectStores } from '../storage/cloudflare/object-stores.ts';

/** What SQLite in an object holds at most, in bytes. */
const objectBytesMax = 10_000_000_000;

/** A socket that ended without a word of its own has a code that nobody may send. */
const unsendableCodes: ReadonlySet<number> = new Set([1005, 1006, 1015]);
const normalClosure = 1000;

/**
 * An account. Only the Worker reaches it. It sets no timer and holds no stream, so that it sleeps whenever nobody asks
 * it anything, and is then not paid for. // SRV-130, SRV-132
 */
export class AccountObject extends DurableObject<unknown> implements AccountStub {
  readonly #stores: ObjectStores;

  constructor(state: ObjectState, environment: unknown) {
    super(state, environment);
    this.#stores = openObjectStores(state.storage, {
      hash: sha256,
      newLogId: () => randomBytesToUuid<LogId>(crypto.getRandomValues(new Uint8Array(16))),
      onAppended: (head) => tellHead(state.getWebSockets(), head),
    });
  }

  async describe() {
    return { log: this.#stores.log.id, isFilled: await this.#stores.index.isFilled() };
  }

  ask(store: keyof ObjectStores, call: string, values: readonly unknown[]): Promise<ObjectAnswer> {
    return answerCall(this.#stores, store, call, values);
  }

  async freeBytes() {
    return Math.max(0, objectBytesMax - this.ctx.storage.sql.databaseSize);
  }

  async fetch() {
    const { 0: theirs, 1: ours } = new WebSocketPair();
    this.ctx.acceptWebSocket(ours);
    tellHead([ours], await this.#stores.log.head());
    return new Response(null, { status: 101, webSocket: theirs } as ResponseInit);
  }

  webSocketClose(socket: ObjectSocket, code: number) {
    socket.close(unsendableCodes.has(code) ? normalClosure : code);
  }
}
