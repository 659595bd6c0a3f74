import { join } from 'node:path';

/** Where `npm run build` puts the app. */
export const builtAppFolder = join(import.meta.dirname, '../dist');
