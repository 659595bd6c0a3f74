import type { FileValue } from '@dataans/core';
import type { Facts } from '../store/facts.ts';
import { mediaTypeOfName } from './type-by-name.ts';

/** What is fetched without being asked for: everything, pictures of at most a megabyte, or nothing. // FIL-7 */
export type FetchPolicy = 'all' | 'small' | 'none';

const fetchPolicies: readonly FetchPolicy[] = ['all', 'small', 'none'];

const smallBytesMax = 1_000_000;

/** Whether a content that nobody has said anything about is fetched. */
export function isFetchedUnder(
  policy: FetchPolicy,
  file: Pick<FileValue, 'name' | 'bytes' | 'type'>,
): boolean {
  if (policy !== 'small') return policy === 'all';
  const type = file.type ?? mediaTypeOfName(file.name);
  return file.bytes <= smallBytesMax && type?.startsWith('image/') === true;
}

export function readFetchPolicy(facts: Pick<Facts, 'read'>, otherwise: FetchPolicy): FetchPolicy {
  const kept = facts.read('fetch-policy');
  return fetchPolicies.find((policy) => policy === kept) ?? otherwise;
}

export function writeFetchPolicy(facts: Pick<Facts, 'write'>, policy: FetchPolicy): void {
  facts.write('fetch-policy', policy);
}
