import { BlockList, isIP, isIPv6 } from 'node:net';
import { isLoopbackPeer } from './host.ts';
import { is, listOption, mustBe, type Option, type Parsed } from '../options/option.ts';

/** Addresses of one machine, or of a network. */
export interface PeerRange {
  readonly address: string;
  /** Bits that all addresses of it begin with. */
  readonly prefix: number;
}

export function peerRangesOption(help: string): Option<readonly PeerRange[]> {
  return listOption(help, parseRange);
}

/** Whether the address of a socket is in one of the ranges: IPv4 may come dressed as IPv6. */
export function createPeerCheck(ranges: readonly PeerRange[]): (peer: string) => boolean {
  const list = new BlockList();
  for (const { address, prefix } of ranges) list.addSubnet(address, prefix, familyOf(address));
  return (peer) => isIP(peer) !== 0 && list.check(peer, familyOf(peer));
}

/** Whether an address is that of a proxy that may say for whom it speaks: on this machine, or one of these. */
export function createProxyCheck(proxies: readonly PeerRange[]): (address: string) => boolean {
  const isListed = createPeerCheck(proxies);
  return (address) => isLoopbackPeer(address) || isListed(address);
}

export function peerRangeToText({ address, prefix }: PeerRange): string {
  return `${address}/${prefix}`;
}

function parseRange(text: string): Parsed<PeerRange> {
  const [address = '', bits, ...rest] = text.split('/');
  const most = isIPv6(address) ? 128 : 32;
  const isRange =
    isIP(address) !== 0 &&
    rest.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
  if (!isRange) return mustBe('an address such as 10.0.0.2 or fd00::2, or a network such as 172.18.0.0/16');
  const prefix = bits === undefined ? most : Number(bits);
  return prefix === 0 ? mustBe('a network smaller than all addresses there are') : is({ address, prefix });
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
