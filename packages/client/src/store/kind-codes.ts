import { entityKinds, type EntityKind } from '@dataans/core';

/** How a column names a kind: small, since it stands in every row. Never changes. */
export const codeByKind: Readonly<Record<EntityKind, number>> = { space: 1, note: 2, file: 3, device: 4 };

export function codeToKind(code: number): EntityKind {
  const kind = entityKinds.find((known) => codeByKind[known] === code);
  if (kind === undefined) throw new TypeError(`No kind has the code ${code}.`);
  return kind;
}
