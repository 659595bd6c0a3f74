import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** Whether one of the folders is the other one or lies in it, whatever links lead there. */
export function isNested(one: string, other: string): boolean {
  const [real, otherReal] = [realPathOf(one), realPathOf(other)];
  return isWithin(real, otherReal) || isWithin(otherReal, real);
}

function isWithin(inner: string, outer: string): boolean {
  const path = relative(outer, inner);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** Of a path that is not there yet: the real path of what is, and the rest. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const whole = resolve(path);
    return dirname(whole) === whole ? whole : join(realPathOf(dirname(whole)), basename(whole));
  }
}
