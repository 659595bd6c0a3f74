import { base64urlToBytes } from '../bytes/base64url.ts';
import { utf8ToBytes } from '../bytes/bytes.ts';
import { unpackChunkNames } from '../ids/chunk-name.ts';
import { isUuid } from '../ids/uuid.ts';
import * as limits from '../limits.ts';
import { isPieceCount } from '../sealing/file-layout.ts';
import { isShallow } from './is-shallow.ts';
import type { AnyOperation, EntityKind, ValueByKind } from './operation.ts';

export type Members = Readonly<Record<string, unknown>>;

interface MemberShape {
  readonly isValid: (member: unknown) => boolean;
  readonly isRequired: boolean;
  /** What it is taken for if it is missing; not set if it then stays missing. // OPR-1 */
  readonly absent?: unknown;
}

type ValueShape<Kind extends EntityKind> = Readonly<Record<keyof Required<ValueByKind[Kind]>, MemberShape>>;

/** `null` if a member that this program knows is missing or not as it must be. // OPR-1, OPR-4 */
export function readValue<Kind extends EntityKind>(kind: Kind, members: Members): ValueByKind[Kind] | null {
  for (const [name, { isValid, isRequired }] of membersByKind[kind]) {
    const member = members[name];
    if (member === undefined ? isRequired : !isValid(member)) return null;
  }
  const value = completeValue(kind, members);
  return kind !== 'file' || hasChunksOfSize(value as ValueByKind['file']) ? value : null;
}

/** The value if an operation may hold it, `null` otherwise: for values that come from elsewhere. // OPR-1, LIM-6 */
export function parseValue<Kind extends EntityKind>(kind: Kind, value: object): ValueByKind[Kind] | null {
  const members: Members = { ...value };
  return isShallow(members, limits.operationDepthMax - 1) ? readValue(kind, members) : null;
}

/** Names of the members that this program knows. */
export function knownMembers(kind: EntityKind): readonly string[] {
  return membersByKind[kind].map(([name]) => name);
}

/** The operation as `decodeOperation` gives it, of members that it once took: they are not looked at again. */
export function completeOperation(members: AnyOperation): AnyOperation {
  const value = completeValue(members.entity, members.value as unknown as Members);
  // Kind and value still belong together.
  return value === members.value ? members : ({ ...members, value } as AnyOperation);
}

/** With what missing members are taken for; the same object if none is missing. */
function completeValue<Kind extends EntityKind>(kind: Kind, members: Members): ValueByKind[Kind] {
  const missing = absentByKind[kind].filter(([name]) => members[name] === undefined);
  const absent = Object.fromEntries(missing.map(([name, shape]) => [name, shape.absent]));
  // Every member was checked against the type, here or when it was stored.
  return (missing.length === 0 ? members : { ...members, ...absent }) as unknown as ValueByKind[Kind];
}

const isNullOr =
  (isValid: (member: unknown) => boolean) =>
  (member: unknown): boolean =>
    member === null || isValid(member);

const textUpTo =
  (bytesMax: number) =>
  (member: unknown): boolean =>
    isText(member) && (member.length * 3 <= bytesMax || utf8ToBytes(member).length <= bytesMax);

type IsValid = MemberShape['isValid'];
const required = (isValid: IsValid): MemberShape => ({ isValid, isRequired: true });
const optional = (isValid: IsValid): MemberShape => ({ isValid, isRequired: false });
const otherwise = (absent: unknown, isValid: IsValid): MemberShape => ({
  isValid,
  isRequired: false,
  absent,
});

const isSign = isNullOr(textUpTo(limits.signBytesMax));

const shapeByKind: { readonly [Kind in EntityKind]: ValueShape<Kind> } = {
  space: {
    name: required(isText),
    folder: otherwise(null, isNullOr(isText)),
    colour: optional(isSign),
    icon: optional(isSign),
    pinned: optional(isBoolean),
    order: optional(isNullOr(textUpTo(limits.orderBytesMax))),
  },
  note: {
    space: required(isUuid),
    name: otherwise('', isText),
    text: otherwise('', isText),
    files: otherwise([], isUuids),
    pinned: otherwise(false, isBoolean),
    date: optional(isNullOr(isDate)),
  },
  file: {
    name: required(isText),
    bytes: otherwise(0, (bytes) => isCount(bytes) && bytes <= limits.fileBytesMax),
    chunks: otherwise('', (chunks) => typeof chunks === 'string'),
    type: optional(textUpTo(limits.mediaTypeBytesMax)),
    width: optional(isPixels),
    height: optional(isPixels),
    preview: optional(isPreview),
  },
  device: { name: required(isText), witness: optional(isWitness) },
};

type NamedShapes = readonly (readonly [name: string, shape: MemberShape])[];

const membersByKind = {
  space: Object.entries(shapeByKind.space),
  note: Object.entries(shapeByKind.note),
  file: Object.entries(shapeByKind.file),
  device: Object.entries(shapeByKind.device),
} satisfies Record<EntityKind, NamedShapes>;

const absentByKind = {
  space: absentOf(membersByKind.space),
  note: absentOf(membersByKind.note),
  file: absentOf(membersByKind.file),
  device: absentOf(membersByKind.device),
} satisfies Record<EntityKind, NamedShapes>;

function absentOf(shapes: NamedShapes): NamedShapes {
  return shapes.filter(([, { absent }]) => absent !== undefined);
}

/** There are as many chunks as a file of this size has. // CHK-5, CHK-6 */
function hasChunksOfSize({ bytes, chunks }: ValueByKind['file']): boolean {
  const names = unpackChunkNames(chunks);
  return names !== null && isPieceCount(bytes, names.length);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed();
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isUuids(value: unknown): boolean {
  return Array.isArray(value) && value.every(isUuid);
}

function isDate(value: unknown): boolean {
  return Number.isSafeInteger(value) && Math.abs(Number(value)) <= limits.noteDateMaxMs;
}

function isPixels(value: unknown): boolean {
  return isCount(value) && value > 0 && value <= limits.pixelsMax;
}

function isPreview(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value.length <= (limits.previewBytesMax * 4) / 3 + 1 &&
    (base64urlToBytes(value)?.length ?? Infinity) <= limits.previewBytesMax
  );
}

const chainShape = /^[0-9a-f]{64}$/;

function isWitness(value: unknown): boolean {
  return (
    isMembers(value) &&
    isUuid(value['log']) &&
    isCount(value['seq']) &&
    typeof value['chain'] === 'string' &&
    chainShape.test(value['chain']) &&
    isSeen(value['seen']) &&
    (value['account'] === null || isCount(value['account'])) &&
    textUpTo(limits.programBytesMax)(value['program'])
  );
}

function isSeen(value: unknown): boolean {
  if (!isMembers(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= limits.witnessDevicesMax && entries.every(([device, n]) => isUuid(device) && isCount(n))
  );
}
