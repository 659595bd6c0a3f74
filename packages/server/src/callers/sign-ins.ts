import { createRecent } from './recent.ts';

export interface SignIns {
  /** Notes a request of a caller; whether it is their first one here, or the first after a pause. // AUTH-20 */
  begins(callerHash: string, now: number): boolean;
}

const pauseMs = 60 * 60 * 1_000;
/** More than any person has, and enough for a server with many accounts. */
const callersMax = 20_000;

export function createSignIns(): SignIns {
  const lastRequest = createRecent<number>(callersMax);
  return {
    begins: (callerHash, now) => {
      const last = lastRequest.get(callerHash);
      lastRequest.set(callerHash, now);
      return last === undefined || now - last > pauseMs;
    },
  };
}
