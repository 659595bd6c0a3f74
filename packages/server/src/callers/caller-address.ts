import { isIP, isIPv6 } from 'node:net';
import type { Caller } from '../auth/authenticator.ts';
import { isLoopbackPeer } from '../auth/host.ts';

/**
 * Where a caller is, as far as that can be known: of IPv6 the network of 64 bits, which is one customer's.
 * A proxy on this machine says for whom it speaks. `null` for a program of this machine itself. // AUTH-22
 *
 * @param method the one that knows callers here: only with Cloudflare before us is its header its own
 */
export function callerAddress({ request, peer }: Caller, method: string): string | null {
  if (peer === null) return null;
  if (!isLoopbackPeer(peer)) return networkOf(peer);
  const said =
    method === 'cloudflare-access'
      ? request.headers.get('cf-connecting-ip')
      : request.headers.get('x-forwarded-for')?.split(',').at(-1);
  const address = said?.trim() ?? '';
  return isIP(address) === 0 || isLoopbackPeer(address) ? null : networkOf(address);
}

function networkOf(address: string): string {
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
