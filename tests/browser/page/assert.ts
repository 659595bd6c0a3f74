/** In a page `node:assert/strict` is this: the part of it that the contract suites use. */
const assert = { ok, equal, deepEqual, throws, rejects };
// eslint-disable-next-line import/no-default-export -- the module it stands for has one
export default assert;

/** What an error must look like: a class, a pattern for its message, or values of some of its fields. */
type Expected = (new (...parameters: never[]) => Error) | RegExp | Readonly<Record<string, unknown>>;

export function ok(value: unknown, message = `${show(value)} is not truthy`): asserts value {
  if (!value) throw new Error(message);
}

export function equal(actual: unknown, expected: unknown, message?: string): void {
  ok(Object.is(actual, expected), message ?? `${show(actual)} is not ${show(expected)}`);
}

export function deepEqual(actual: unknown, expected: unknown, message?: string): void {
  ok(isDeepEqual(actual, expected), message ?? `${show(actual)} does not equal ${show(expected)}`);
}

export function throws(run: () => unknown, expected?: Expected): void {
  let thrown: { readonly error: unknown } | null = null;
  try {
    run();
  } catch (error) {
    thrown = { error };
  }
  ok(thrown !== null, 'Nothing was thrown');
  requireExpected(thrown.error, expected);
}

export async function rejects(
  work: Promise<unknown> | (() => Promise<unknown>),
  expected?: Expected,
): Promise<void> {
  let thrown: { readonly error: unknown } | null = null;
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    thrown = { error };
  }
  ok(thrown !== null, 'Nothing was rejected');
  requireExpected(thrown.error, expected);
}

function requireExpected(error: unknown, expected: Expected | undefined): void {
  if (expected !== undefined && !isExpected(error, expected)) throw error;
}

function isExpected(error: unknown, expected: Expected): boolean {
  if (typeof expected === 'function') return error instanceof expected;
  if (expected instanceof RegExp) return expected.test(String(error));
  return Object.entries(expected).every(([name, value]) => {
    const actual: unknown = error instanceof Error ? Reflect.get(error, name) : undefined;
    return value instanceof RegExp ? value.test(String(actual)) : isDeepEqual(actual, value);
  });
}

/** Same class, same own fields, all the way down. */
function isDeepEqual(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (!isObject(left) || !isObject(right)) return false;
  if (Object.getPrototypeOf(left) !== Object.getPrototypeOf(right)) return false;
  if (left instanceof Map && right instanceof Map) return isDeepEqual([...left], [...right]);
  if (left instanceof Set && right instanceof Set) return isDeepEqual([...left], [...right]);
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && isDeepEqual(left[name], right[name]))
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

const shownMax = 300;

function show(value: unknown): string {
  const text = value instanceof Uint8Array ? `bytes ${value.toString()}` : JSON.stringify(value);
  return (text ?? String(value)).slice(0, shownMax);
}
