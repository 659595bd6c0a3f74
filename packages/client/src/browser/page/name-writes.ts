/** Which parameter of a write holds its options: there it can bear a name. */
const optionsOfWrite: Readonly<Record<string, number>> = {
  'notes.add': 1,
  'notes.edit': 2,
  'notes.move': 2,
  'notes.pin': 2,
  'notes.remove': 1,
  'notes.revert': 1,
};

/** Writes that make what their first parameter describes, under an id that can be chosen. */
const makers: ReadonlySet<string> = new Set(['notes.add', 'spaces.add']);

/** Gives a write a name, and what it makes an id, so that one that is asked again after a takeover happens once. // BRW-9, STO-50 */
export function nameWrites(
  randomId: () => string,
): (path: string, parameters: readonly unknown[]) => readonly unknown[] {
  return (path, parameters) => {
    const identified = makers.has(path) ? withMember(parameters, 0, { id: randomId() }) : parameters;
    const options = optionsOfWrite[path];
    return options === undefined ? identified : withMember(identified, options, { call: randomId() });
  };
}

/** What the caller gave itself stays. */
function withMember(
  parameters: readonly unknown[],
  index: number,
  member: Readonly<Record<string, string>>,
): readonly unknown[] {
  const whole = [...parameters];
  const given = whole[index];
  whole[index] = { ...member, ...(typeof given === 'object' ? given : {}) };
  return whole;
}
