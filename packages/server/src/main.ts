import { setHeapFlags } from './listen/heap-flags.ts';

// Before anything else is loaded, which would make the heap grow first.
setHeapFlags();
const { run } = await import('./run.ts');

await run(process.argv.slice(2), process.env);
