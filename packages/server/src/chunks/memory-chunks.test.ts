import { sha256 } from '../hash.ts';
import { testChunkStore } from './chunk-store.contract.ts';
import { createMemoryChunks } from './memory-chunks.ts';

testChunkStore('memory chunks', async () => createMemoryChunks({ hash: sha256 }));
