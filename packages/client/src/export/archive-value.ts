import { knownMembers, parseValue, type EntityKind, type ValueByKind } from '@dataans/core';

/**
 * The members of a value as a line of a JSON export has them: those that this program does not know lie in
 * `more`, where their names cannot be taken for those of the line. // EXP-7
 */
export function valueToLine<Kind extends EntityKind>(kind: Kind, value: ValueByKind[Kind]): object {
  const known = new Set<string>(knownMembers(kind));
  const members = Object.entries(value);
  const more = members.filter(([name]) => !known.has(name));
  const line = Object.fromEntries(members.filter(([name]) => known.has(name)));
  return more.length === 0 ? line : { ...line, more: Object.fromEntries(more) };
}

/** What a line has beside the members of a value. */
const namesOfLine = new Set(['id', 'createdAt', 'editedAt', 'conflict', 'more']);

/** `null` if no program could have written the value; a member beside the known ones is a newer program's. // IMP-9 */
export function lineToValue<Kind extends EntityKind>(
  kind: Kind,
  line: { readonly more?: object | undefined },
): ValueByKind[Kind] | null {
  const members = Object.entries(line).filter(([name]) => !namesOfLine.has(name));
  return parseValue(kind, { ...line.more, ...Object.fromEntries(members) });
}
