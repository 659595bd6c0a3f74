import { after } from 'node:test';
import { createWorld } from '../world/world.ts';
import { testObjectStore } from './object-stores/object-store.contract.ts';
import { startSwift } from './object-stores/swift.ts';

await testObjectStore('Swift', await startSwift(await createWorld({ after })));
