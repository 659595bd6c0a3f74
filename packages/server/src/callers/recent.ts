/** The last things that were heard of, and no more than that many of them. */
export interface Recent<Value> {
  get(key: string): Value | undefined;
  /** Forgets what was not heard of for the longest time, where there is no room. */
  set(key: string, value: Value): void;
  forget(key: string): void;
}

export function createRecent<Value>(sizeMax: number): Recent<Value> {
  const valueByKey = new Map<string, Value>();
  return {
    get: (key) => valueByKey.get(key),
    forget: (key) => void valueByKey.delete(key),
    set: (key, value) => {
      // A map keeps the order in which its keys were put in.
      valueByKey.delete(key);
      valueByKey.set(key, value);
      const [oldest] = valueByKey.keys();
      if (valueByKey.size > sizeMax && oldest !== undefined) valueByKey.delete(oldest);
    },
  };
}
