import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const serverMain = fileURLToPath(new URL('../../packages/server/src/main.ts', import.meta.url));
const run = promisify(execFile);

/** A bearer token of the server whose data folder this is, made as its operator makes it. */
export async function makeToken(data: string, name: string): Promise<string> {
  const { stdout } = await run(process.execPath, [serverMain, 'token', 'add', name], {
    env: { ...process.env, DATAANS_DATA: data },
  });
  const [token] = /dat_[\w-]+/.exec(stdout) ?? [];
  if (token === undefined) throw new Error(`No token in: ${stdout}`);
  return token;
}

export async function revokeToken(data: string, name: string): Promise<void> {
  await run(process.execPath, [serverMain, 'token', 'revoke', name], {
    env: { ...process.env, DATAANS_DATA: data },
  });
}
