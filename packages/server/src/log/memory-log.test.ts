import { randomBytes } from 'node:crypto';
import { randomBytesToUuid, type LogId } from '@dataans/core';
import { sha256 } from '../hash.ts';
import { testLogStore } from './log-store.contract.ts';
import { createMemoryLog } from './memory-log.ts';

testLogStore('memory log', async () =>
  createMemoryLog({ log: randomBytesToUuid<LogId>(randomBytes(16)), hash: sha256 }),
);
