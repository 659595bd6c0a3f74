import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setHeapFlags } from './listen/heap-flags.ts';

// Before anything else is loaded, which would make the heap grow first.
setHeapFlags();
// As early: halves the start of every command.
enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/dataans', import.meta.url)));
const { run } = await import('./run.ts');

await run(process.argv.slice(2), process.env);
