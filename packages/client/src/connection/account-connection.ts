import {
  bytesToJson,
  limits,
  parseAccountRecord,
  paths,
  type AccountRecord,
  type LogId,
} from '@dataans/core';
import { encodeRecord } from './account-tag.ts';
import { damagedAccount } from '../findings/account-findings.ts';
import { IntegrityError } from '../findings/integrity-error.ts';
import type { Answer, Exchange } from './exchange.ts';
import { requireDone } from './require-done.ts';

/** An account record as a server has it, and the bytes that it stores. */
export interface FoundAccount {
  readonly record: AccountRecord;
  readonly encoded: Uint8Array;
}

/** The part of the protocol that is about the account record. Nothing of it is proven. */
export interface AccountConnection {
  /**
   * `null` where no account has been made there.
   *
   * @param log the log that the server must have; any unless told
   */
  readAccount(signal?: AbortSignal, log?: LogId): Promise<FoundAccount | null>;
  /** `false`, with nothing stored, where there is one already. */
  createAccount(record: AccountRecord, signal?: AbortSignal): Promise<boolean>;
  /**
   * `false`, with nothing stored, where the record there is another than the one that is to be replaced.
   *
   * @param tag hash of the one that is to be replaced
   */
  replaceAccount(record: AccountRecord, tag: string, signal?: AbortSignal): Promise<boolean>;
}

const never = new AbortController().signal;

export function createAccountConnection(exchange: Pick<Exchange, 'ask'>, address: string): AccountConnection {
  const put = (
    record: AccountRecord,
    condition: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const headers = { 'content-type': 'application/json', ...condition };
    const body = encodeRecord(record);
    const bytesMax = limits.jsonBodyBytesMax;
    return exchange.ask({ method: 'PUT', path: paths.account, headers, body, bytesMax }, signal);
  };

  return {
    readAccount: async (signal = never, log) => {
      const path = paths.account + (log === undefined ? '' : `?log=${log}`);
      const answer = await exchange.ask({ method: 'GET', path, bytesMax: limits.accountBytesMax }, signal);
      if (answer.problem?.code === 'not-found') return null;
      const encoded = requireDone(answer).body;
      const record = parseAccountRecord(bytesToJson(encoded));
      if (record === null) throw new IntegrityError(damagedAccount(address));
      return { record, encoded };
    },

    createAccount: async (record, signal = never) => {
      const answer = await put(record, { 'if-none-match': '*' }, signal);
      if (answer.problem?.code === 'account-exists') return false;
      requireDone(answer);
      return true;
    },

    replaceAccount: async (record, tag, signal = never) => {
      const answer = await put(record, { 'if-match': `"${tag}"` }, signal);
      if (answer.problem?.code === 'account-changed') return false;
      requireDone(answer);
      return true;
    },
  };
}
