/** Makes a call by its path, as `notes.window`. */
export type Caller = (path: string, parameters: readonly unknown[]) => unknown;

/** An object whose functions, and those of the objects in it, are all calls by their path. */
export function createCaller<Served extends object>(make: Caller): Served {
  // What it stands for is known by its type alone.
  return createPart('', make) as Served;
}

/** A function that is a call can be passed on as any other. */
const ownNames: ReadonlySet<string> = new Set(['apply', 'bind', 'call']);

function createPart(path: string, make: Caller): object {
  const parts = new Map<string, object>();
  const partOf = (name: string): object => {
    const part = parts.get(name) ?? createPart(path === '' ? name : `${path}.${name}`, make);
    parts.set(name, part);
    return part;
  };
  const called = (...parameters: readonly unknown[]): unknown => make(path, parameters);
  return new Proxy(called, {
    get: (_, name) => {
      // Without a `then` it can be the result of an async function.
      if (typeof name === 'symbol' || name === 'then') return undefined;
      return ownNames.has(name) ? (Reflect.get(called, name) as unknown) : partOf(name);
    },
  });
}
