// Packs the SDK as npm packages: npm run pack -- [FOLDER]
import { packSdk } from './pack/pack-sdk.ts';

const [folder = 'dist'] = process.argv.slice(2);
for (const path of packSdk(folder)) process.stdout.write(`${path}\n`);
