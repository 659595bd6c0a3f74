import {
  accountHeader,
  bytesToHex,
  decodeFrames,
  framesMediaType,
  headHeader,
  hexToBytes,
  limits,
  operationIdsMessage,
  paths,
  type AppendedMessage,
  type Frame,
  type Hash,
  type OperationIdsMessage,
} from '@dataans/core';
import type { Accounts } from '../accounts/accounts.ts';
import type { PageQuestion } from '../log/log-store.ts';
import { Refusal } from '../problems/refusal.ts';
import { accountTag, requireAccount } from './account-tag.ts';
import { parseCount } from './query.ts';
import { readBody, readJson } from './read-body.ts';
import { storesMeant } from './stores-meant.ts';
import { bytesResponse, jsonResponse } from './responses.ts';
import type { Call, Route } from './route.ts';

/** Reading and growing the log. */
export function operationsRoutes({
  accounts,
  hash,
}: {
  readonly accounts: Accounts;
  readonly hash: Hash;
}): readonly Route[] {
  return [
    {
      method: 'GET',
      path: paths.operations,
      access: 'identified',
      handle: async (call, identity) => {
        const { log } = await storesMeant(accounts, call, identity);
        const page = await log.readPage(readPageQuestion(call));
        if (!page.ok)
          throw new Refusal(
            'log-diverged',
            "This isn't the log you followed. Find the last place that both agree on, and continue from there.",
          );
        return bytesResponse(page.frames, framesMediaType, {
          [headHeader]: String(page.head),
          ...(await accountTag(log, hash)),
        });
      },
    },
    {
      method: 'POST',
      path: paths.operations,
      access: 'identified',
      handle: async (call, identity) => {
        const { log } = await storesMeant(accounts, call, identity);
        const tag = await accountTag(log, hash);
        requireAccount(call, tag);
        const appended = await log.append(await readEnvelopes(call));
        if (!appended.ok)
          throw new Refusal(
            'operation-conflict',
            `The log has a different operation with the id of frame ${appended.place}. Nothing of this batch was stored.`,
          );
        const { before, head, already } = appended;
        const message: AppendedMessage = {
          before,
          head: head.seq,
          chain: bytesToHex(head.chain),
          already: [...already],
        };
        const isNamed = call.req.header(accountHeader) !== undefined;
        return jsonResponse(message, isNamed ? {} : tag);
      },
    },
    {
      method: 'POST',
      path: paths.operationsMissing,
      access: 'identified',
      handle: async (call, identity) => {
        const { log } = await accounts.of(identity);
        const { ids } = await readJson(
          call,
          operationIdsMessage,
          `"ids" with at most ${limits.missingNamesMax} operation ids`,
        );
        return jsonResponse({ ids: [...(await log.missing(ids))] } satisfies OperationIdsMessage);
      },
    },
  ];
}

function readPageQuestion(call: Call): PageQuestion {
  const { after = '0', chain, limit = String(limits.batchOperationsMax) } = call.req.query();
  const afterSeq = parseCount(after);
  const operationsMax = parseCount(limit);
  const chainBytes = chain === undefined ? null : hexToBytes(chain);
  if (afterSeq === null)
    throw new Refusal('malformed-request', '"after" must be a sequence number: a whole number from 0 on.');
  if (chain !== undefined && chainBytes?.length !== 32)
    throw new Refusal('malformed-request', '"chain" must be 64 lower-case hexadecimal digits.');
  if (operationsMax === null || operationsMax < 1 || operationsMax > limits.batchOperationsMax)
    throw new Refusal('malformed-request', `"limit" must be between 1 and ${limits.batchOperationsMax}.`);
  return { after: afterSeq, chain: chainBytes, operationsMax, bytesMax: limits.batchBytesMax };
}

async function readEnvelopes(call: Call): Promise<readonly Frame[]> {
  const decoded = decodeFrames(
    await readBody(call, { mediaType: framesMediaType, bytesMax: limits.batchBytesMax }),
  );
  if (!decoded.ok)
    throw new Refusal('malformed-frames', `${decoded.reason} Nothing of this batch was stored.`);
  const pruned = decoded.frames.findIndex((frame) => frame.kind === 'pruned');
  // SRV-12
  if (pruned !== -1)
    throw new Refusal(
      'malformed-frames',
      `Frame ${pruned} has only the hash of an envelope. Nothing of this batch was stored. Send the envelope.`,
    );
  return decoded.frames;
}
