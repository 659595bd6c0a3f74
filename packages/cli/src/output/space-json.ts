import type { SpaceSummary } from '@dataans/client';
import { formatIsoTime } from './dates.ts';

export function spaceToJson({ space, notes }: SpaceSummary) {
  return {
    id: space.id,
    name: space.value.name,
    folder: space.value.folder,
    colour: space.value.colour ?? null,
    icon: space.value.icon ?? null,
    pinned: space.value.pinned ?? false,
    order: space.value.order ?? null,
    notes,
    backedUp: space.backedUp,
    createdAt: formatIsoTime(space.createdAt),
    editedAt: formatIsoTime(space.editedAt),
  };
}
