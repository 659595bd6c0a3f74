import { randomBytes } from 'node:crypto';
import { randomBytesToUuid, type LogId } from '@dataans/core';
import { sha256 } from '../hash.ts';
import { createHeadFeed } from './head-feed.ts';
import { testLogPair } from './log-pair.contract.ts';
import { testLogStore } from './log-store.contract.ts';
import { createMemoryLog } from './memory-log.ts';

testLogStore('memory log', async () => openLog().log);

testLogPair('memory log', async () => {
  const opened = openLog();
  return [opened, opened];
});

function openLog() {
  const heads = createHeadFeed();
  const log = randomBytesToUuid<LogId>(randomBytes(16));
  return { heads, log: createMemoryLog({ log, hash: sha256, onAppended: heads.notify }) };
}
