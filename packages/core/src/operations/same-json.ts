/**
 * Whether two values of JSON are the same, in whatever order the members of their objects stand. A member
 * that is `undefined` is a missing one.
 */
export function isSameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (!isObject(left) || !isObject(right) || Array.isArray(left) !== Array.isArray(right)) return false;
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, index) => isSameJson(item, right[index]));
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].every((name) => isSameJson(own(left, name), own(right, name)));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Never what every object inherits. */
function own(value: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
