/** What one option may be: the value, or what it must be in words. */
export type Parsed<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly mustBe: string };

/** One thing that an operator can set, under one name in the environment and in the file. */
export interface Option<Value> {
  /** One line of help. */
  readonly help: string;
  readonly parse: (text: string) => Parsed<Value>;
}

export function is<Value>(value: Value): Parsed<Value> {
  return { ok: true, value };
}

export function mustBe(what: string): { readonly ok: false; readonly mustBe: string } {
  return { ok: false, mustBe: what };
}

/** An option that may have several values, with commas or spaces between them. */
export function listOption<Value>(
  help: string,
  parseOne: (text: string) => Parsed<Value>,
): Option<readonly Value[]> {
  return {
    help,
    parse: (text) => {
      const values: Value[] = [];
      for (const part of text.split(/[\s,]+/).filter((word) => word !== '')) {
        if (/^["']|["']$/.test(part)) return mustBe('without quotation marks, which no shell has taken away');
        const parsed = parseOne(part);
        if (!parsed.ok) return mustBe(`${parsed.mustBe}, or several with commas between them`);
        values.push(parsed.value);
      }
      return values.length === 0 ? mustBe('a list with something in it, or not set') : is(values);
    },
  };
}
