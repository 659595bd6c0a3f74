import type { Place } from '../place.ts';
import type { Target } from '../target.ts';
import { answersTarget } from './answers.ts';
import { archiveTarget } from './archive.ts';
import { createCallerTargets } from './callers.ts';
import { createFileTargets } from './files.ts';
import { createOperatorTargets } from './operator-files.ts';
import { recordTargets } from './records.ts';
import { createRequestsTarget } from './requests.ts';
import { createSealedTargets } from './sealed.ts';
import { createSocketsTarget } from './sockets.ts';
import { storeTarget } from './store.ts';

/** Every reader of what others sent. */
export async function createTargets({ folder, server }: Place): Promise<readonly Target[]> {
  return [
    ...recordTargets,
    ...(await createSealedTargets()),
    ...createFileTargets(folder),
    ...createOperatorTargets(folder),
    ...(await createCallerTargets()),
    answersTarget,
    archiveTarget,
    storeTarget,
    createRequestsTarget(),
    createSocketsTarget(server),
  ];
}
