import type { Handed } from './messages.ts';

/** What a caller keeps of the parameters of a call. */
type Kept = AbortSignal | ((...parameters: unknown[]) => void);

/** The parameters of a call without their listeners and signals, and those. */
export interface TakenApart {
  readonly parameters: readonly unknown[];
  readonly handed: readonly Handed[];
  /** The same index as in `handed`. */
  readonly kept: readonly Kept[];
}

/** Listeners and signals are parameters themselves, or members of a plain object that is one. */
export function takeApart(parameters: readonly unknown[]): TakenApart {
  const handed: Handed[] = [];
  const kept: Kept[] = [];
  const take = (value: unknown, parameter: number, member: string | null): boolean => {
    const as = kindOf(value);
    if (as === null) return false;
    handed.push({ as, parameter, member });
    kept.push(value as Kept); // `kindOf` has looked.
    return true;
  };
  const plain = parameters.map((value, index) => {
    if (take(value, index, null)) return null;
    if (!isPlainObject(value)) return value;
    return Object.fromEntries(Object.entries(value).filter(([member, inner]) => !take(inner, index, member)));
  });
  return { parameters: plain, handed, kept };
}

/** @param make what stands for the listener or signal at an index of `handed` */
export function putTogether(
  { parameters, handed }: Pick<TakenApart, 'parameters' | 'handed'>,
  make: (handed: Handed, index: number) => Kept,
): readonly unknown[] {
  const whole = [...parameters];
  for (const [index, one] of handed.entries()) {
    const made = make(one, index);
    const before = whole[one.parameter];
    whole[one.parameter] =
      one.member === null ? made : { ...(isPlainObject(before) ? before : {}), [one.member]: made };
  }
  return whole;
}

function kindOf(value: unknown): Handed['as'] | null {
  if (typeof value === 'function') return 'listener';
  return value instanceof AbortSignal ? 'signal' : null;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
