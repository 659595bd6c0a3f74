import type { SpaceRow } from '@dataans/client';
import { formatIsoTime } from './dates.ts';

export function spaceToJson(space: SpaceRow) {
  const { unread: _unread, last: _last, deleted: _deleted, conflict: _conflict, ...shown } = space;
  return {
    ...shown,
    createdAt: formatIsoTime(space.createdAt),
    editedAt: formatIsoTime(space.editedAt),
  };
}
