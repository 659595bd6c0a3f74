import { after } from 'node:test';
import { createWorld } from '../world/world.ts';
import { testObjectStore } from './object-stores/object-store.contract.ts';
import { startRadosGateway } from './object-stores/radosgw.ts';

await testObjectStore('Ceph’s object gateway', await startRadosGateway(await createWorld({ after })));
