/** Which parameter of a write holds its options: there it can bear a name. */
const optionsOfWrite: Readonly<Record<string, number>> = {
  'notes.add': 1,
  'notes.edit': 2,
  'notes.move': 2,
  'notes.pin': 2,
  'notes.remove': 1,
  'notes.revert': 1,
};

/** Gives a write a name, so that one that is asked again after a takeover happens once. // BRW-9, STO-50 */
export function nameWrites(
  randomId: () => string,
): (path: string, parameters: readonly unknown[]) => readonly unknown[] {
  return (path, parameters) => {
    if (path === 'spaces.add') return withMember(parameters, 0, { id: randomId() });
    const options = optionsOfWrite[path];
    return options === undefined ? parameters : withMember(parameters, options, { call: randomId() });
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
