import type { SpaceSummary } from '@dataans/client';
import { formatIsoTime } from './dates.ts';

export function spaceToJson({ space, notes }: SpaceSummary) {
  return {
    id: space.id,
    name: space.value.name,
    folder: space.value.folder,
    notes,
    backedUp: space.backedUp,
    createdAt: formatIsoTime(space.createdAt),
    editedAt: formatIsoTime(space.editedAt),
  };
}
