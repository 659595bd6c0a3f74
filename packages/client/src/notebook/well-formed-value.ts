/** The value with the halves of broken surrogate pairs replaced: no other device could read them. */
export function toWellFormedValue<Value extends object>(value: Value): Value {
  if (Object.values(value).every(isWellFormed)) return value;
  const entries = Object.entries(value).map(([field, content]: [string, unknown]) => [
    field,
    typeof content === 'string' ? content.toWellFormed() : content,
  ]);
  // The same fields with contents of the same types.
  return Object.fromEntries(entries) as Value;
}

function isWellFormed(content: unknown): boolean {
  return typeof content !== 'string' || content.isWellFormed();
}
