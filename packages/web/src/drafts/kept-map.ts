/** Values by their names: this window keeps them, also over a reload. */
export interface KeptMap<Value> {
  names(): readonly string[];
  /** Those of the page before, too. */
  values(): readonly Value[];
  get(name: string): Value | undefined;
  set(value: Value): void;
  delete(name: string): void;
  clear(): void;
}

/** What a window keeps for itself. */
export type WindowStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** @param key under which nothing else is kept */
export function createKeptMap<Value>(
  storage: WindowStorage,
  key: string,
  nameOf: (value: Value) => string,
): KeptMap<Value> {
  const byName = new Map(read<Value>(storage, key).map((value) => [nameOf(value), value]));
  const keep = (): void => {
    try {
      if (byName.size === 0) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify([...byName.values()]));
    } catch {
      // No room for as much: only a reload in this moment would miss it.
    }
  };
  return {
    names: () => [...byName.keys()],
    values: () => [...byName.values()],
    get: (name) => byName.get(name),
    set: (value) => {
      byName.set(nameOf(value), value);
      keep();
    },
    delete: (name) => {
      byName.delete(name);
      keep();
    },
    clear: () => {
      byName.clear();
      keep();
    },
  };
}

function read<Value>(storage: WindowStorage, key: string): readonly Value[] {
  try {
    // Written above, by this window.
    return JSON.parse(storage.getItem(key) ?? '[]') as readonly Value[];
  } catch {
    return [];
  }
}
