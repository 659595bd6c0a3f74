import { execFile } from 'node:child_process';
import { isHandOverToken } from '@dataans/core';
import type { Access } from '../connection/access.ts';
import { createSecret, type Secret } from '../platform/secret.ts';
import { childEnvironment, type Environment } from './child-environment.ts';

const waitMs = 10_000;
const outputBytesMax = 64 * 1024;

/**
 * The token of Cloudflare Access that `cloudflared` holds for a server; `null` where that program is not
 * installed, holds none, or does not answer in time. It asks nobody and opens no browser. // ACC-8
 */
export function readCloudflaredToken(
  server: string,
  environment: Environment,
  signal: AbortSignal,
): Promise<Secret | null> {
  return new Promise((resolve) => {
    const child = execFile(
      'cloudflared',
      ['access', 'token', `--app=${server}`],
      {
        env: childEnvironment(environment),
        timeout: waitMs,
        killSignal: 'SIGKILL',
        maxBuffer: outputBytesMax,
        signal,
        windowsHide: true,
      },
      (error, stdout) => resolve(error === null ? parseToken(stdout) : null),
    );
    child.stdin?.end();
  });
}

/** The same as what lets this device in; `null` if that program holds nothing. */
export async function readCloudflaredAccess(
  server: string,
  environment: Environment,
  signal: AbortSignal,
): Promise<Access | null> {
  const token = await readCloudflaredToken(server, environment, signal);
  return token === null
    ? null
    : { kind: 'access-token', header: 'cf-access-token', token, source: 'cloudflared' };
}

/** What is not one JSON Web Token is a sentence for a person. */
function parseToken(output: string): Secret | null {
  const text = output.trim();
  return text.split('.').length === 3 && isHandOverToken(text) ? createSecret(text) : null;
}
