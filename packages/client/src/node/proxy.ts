import { DataansError } from '@dataans/core';
import type { Environment } from './child-environment.ts';

/** What a proxy of the environment never stands in front of: this machine itself, as in other programs. */
const ownMachine = ['localhost', '127.0.0.1', '::1', '[::1]'];

/**
 * The proxies that the environment names, as Node's agents take them: `HTTP_PROXY` for http:// addresses,
 * `HTTPS_PROXY` for https://, `NO_PROXY` for what goes without. Each may be in lower case, which counts
 * first. // SYN-30
 *
 * @throws DataansError `invalid` if an address is not one of an HTTP proxy
 */
export function readProxies(environment: Environment): NodeJS.ProcessEnv {
  const proxies = {
    HTTP_PROXY: readProxy(environment, 'HTTP_PROXY'),
    HTTPS_PROXY: readProxy(environment, 'HTTPS_PROXY'),
  };
  const exceptions = readVariable(environment, 'NO_PROXY')?.value;
  const all = [exceptions, ...ownMachine].filter((one) => one !== undefined).join(',');
  return { ...proxies, NO_PROXY: exceptions?.trim() === '*' ? '*' : all };
}

function readProxy(environment: Environment, name: string): string | undefined {
  const given = readVariable(environment, name);
  if (given === undefined) return undefined;
  const address = given.value.includes('://') ? given.value : `http://${given.value}`;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  throw new DataansError('invalid', `${given.name} isn't an HTTP proxy's address.`, {
    advice: `Set ${given.name} to an address like http://proxy.example.org:3128, or unset it.`,
  });
}

function readVariable(
  environment: Environment,
  upper: string,
): { readonly name: string; readonly value: string } | undefined {
  for (const name of [upper.toLowerCase(), upper]) {
    const value = environment[name]?.trim();
    if (value !== undefined && value !== '') return { name, value };
  }
  return undefined;
}
