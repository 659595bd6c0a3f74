import { isIP, isIPv6 } from 'node:net';
import { inProcessPeer, type Caller } from '../auth/authenticator.ts';

/** Whether an address is that of a proxy, whose word counts for whom it speaks. */
export type IsProxy = (address: string) => boolean;

/**
 * Where a caller is, as far as that can be known: of IPv6 the network of 64 bits, which is one customer's.
 * A proxy that we trust says for whom it speaks. `null` for a program of our own machine or network. // AUTH-22
 *
 * @param method the one that knows callers here: only with Cloudflare before us is its header its own
 */
export function callerAddress({ request, peer }: Caller, method: string, isProxy: IsProxy): string | null {
  if (peer === inProcessPeer) return null;
  if (!isProxy(peer)) return networkOf(peer);
  const { headers } = request;
  const said = headers.get(method === 'cloudflare-access' ? 'cf-connecting-ip' : 'x-forwarded-for') ?? '';
  // Each proxy adds the address that it was called from: the last one that is none of ours is the caller's.
  const address = said
    .split(',')
    .map((part) => part.trim())
    .findLast((part) => !isProxy(part));
  return address === undefined || isIP(address) === 0 ? null : networkOf(address);
}

/** An address of IPv4, or the network of one customer. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.split('%', 1)[0]?.split('::') ?? [];
  const [before, after] = [groupsOf(head), groupsOf(tail)];
  const zeros = Array<string>(Math.max(0, groupsMax - before.length - after.length)).fill('0');
  const groups = [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.slice(0, groupsMax / 2).join(':')}::/64`;
}

const groupsMax = 8;

/** An IPv4 address at the end stands for two. */
function groupsOf(part: string): readonly string[] {
  return part.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : group === '' ? [] : [group]));
}
