import { join, resolve } from 'node:path';

/** The folder of the repository. */
export const repository = resolve(import.meta.dirname, '../..');

export const serverProgram = join(repository, 'packages/server/bin/dataans-server.mjs');
export const dataansProgram = join(repository, 'packages/cli/bin/dataans.mjs');
