// `npm run simulate`: lives through worlds of devices, servers and networks that fail in every way, one for
// each seed, and says which seeds show something that must not be.
import { readOptions, help } from './run/options.ts';
import { hookProduct } from './product/hook-product.ts';

const options = readOptions(process.argv.slice(2));
if (options.help) process.stdout.write(help);
else {
  hookProduct(options.bug);
  // Only from here on may anything of the product be loaded.
  const { runSeeds } = await import('./run/run-seeds.ts');
  const { shareOut } = await import('./run/share-out.ts');
  const hasFailed = options.workers > 1 ? await shareOut(options) : await runSeeds(options);
  if (hasFailed) process.exitCode = 1;
}
