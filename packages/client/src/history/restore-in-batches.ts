import type { EntityId, EntityKind } from '@dataans/core';
import { batchBytesMax, batchItemsMax } from '../notebook/batches.ts';
import { isTooLargeChange } from '../notebook/is-too-large-change.ts';
import type { Notebook, PlannedChange } from '../notebook/notebook.ts';
import type { Entities } from '../store/entities.ts';
import type { Past } from '../store/past.ts';
import type { PlannedReturn } from './plan-return.ts';
import { startTally, type RestoreReport } from './restore-report.ts';

/** One entity to be looked at. */
export interface Restorable {
  readonly kind: Exclude<EntityKind, 'device'>;
  readonly id: EntityId;
}

export interface RestorePlan extends Restorable {
  readonly plan: PlannedReturn;
}

/** What it takes to restore one entity: itself, and what it needs. */
export type PlanRestore = (entity: Restorable) => readonly RestorePlan[];

export interface RestoreDependencies {
  readonly entities: Pick<Entities, 'read' | 'revisions' | 'inOneMoment'>;
  readonly past: Pick<Past, 'changedAfter' | 'arrivedAfter' | 'heldBy' | 'notesOf'>;
  readonly notebook: Pick<Notebook, 'record'>;
}

export interface RestoreOptions {
  /** Says what would change, and changes nothing. */
  readonly dryRun?: boolean;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  /** What was restored until then stays. */
  readonly signal?: AbortSignal;
}

/** Enough looked at that a step is worth its cost, few enough that it ends soon. */
const lookedAtMax = 5_000;

/**
 * Restores entities one after the other, in groups: memory holds one of these. Each is planned when its turn comes,
 * on what is current then. // HIS-5
 */
export async function restoreInBatches(
  { entities, notebook }: Pick<RestoreDependencies, 'entities' | 'notebook'>,
  restorables: readonly Restorable[],
  planRestore: PlanRestore,
  { dryRun = false, onProgress, signal }: RestoreOptions = {},
): Promise<RestoreReport> {
  const report = createReport();
  /** What several notes need is restored, and counted, once. */
  const done = new Set<string>();
  for (let start = 0; start < restorables.length;) {
    signal?.throwIfAborted();
    const from = start;
    const planNext = (): Batch => entities.inOneMoment(() => planBatch(restorables, from, planRestore, done));
    const batch = dryRun ? planNext() : await recordBatch(notebook, planNext);
    report.add(batch);
    for (const restored of batch.planned) done.add(toKey(restored));
    start = batch.end;
    onProgress?.({ done: start, total: restorables.length });
  }
  return report.build();
}

/** The plan that was recorded: it is made anew when somebody else wrote first. */
async function recordBatch(notebook: Pick<Notebook, 'record'>, plan: () => Batch): Promise<Batch> {
  const batches: Batch[] = [];
  await notebook.record(() => {
    const batch = plan();
    batches.push(batch);
    return batch.changes;
  });
  const last = batches.at(-1);
  if (last === undefined) throw new TypeError('Nothing was planned.');
  return last;
}

interface Batch {
  /** Index of the first entity behind it. */
  readonly end: number;
  readonly changes: readonly PlannedChange[];
  readonly planned: readonly RestorePlan[];
  readonly tooLarge: readonly Restorable[];
}

function planBatch(
  restorables: readonly Restorable[],
  start: number,
  planRestore: PlanRestore,
  done: ReadonlySet<string>,
): Batch {
  const plannedByKey = new Map<string, RestorePlan>();
  const tooLarge: Restorable[] = [];
  let bytes = 0;
  let end = start;
  while (end < restorables.length && end - start < lookedAtMax) {
    const restorable = restorables[end];
    if (restorable === undefined || plannedByKey.size >= batchItemsMax || bytes >= batchBytesMax) break;
    end += 1;
    for (const one of planRestore(restorable)) {
      const { kind, id, plan } = one;
      const key = toKey(one);
      if (plan.changes.length === 0 || plannedByKey.has(key) || done.has(key)) continue;
      if (plan.changes.some(isTooLargeChange)) tooLarge.push({ kind, id });
      else plannedByKey.set(key, one);
      bytes += plan.changes.reduce(
        (sum, { entity, value }) => sum + (entity === 'note' ? value.text.length : 0),
        0,
      );
    }
  }
  const planned = [...plannedByKey.values()];
  return { end, changes: planned.flatMap(({ plan }) => plan.changes), planned, tooLarge };
}

function toKey({ kind, id }: Restorable): string {
  return `${kind} ${id}`;
}

const countedByKind = { space: 'spaces', note: 'notes', file: 'files' } as const;

function createReport() {
  const tallies = { spaces: startTally(), notes: startTally(), files: startTally() };
  const tooLarge: Restorable[] = [];
  return {
    add: (batch: Batch): void => {
      for (const { kind, plan } of batch.planned)
        if (plan.outcome !== 'unchanged') tallies[countedByKind[kind]][plan.outcome] += 1;
      tooLarge.push(...batch.tooLarge);
    },
    build: (): RestoreReport => ({ ...tallies, tooLarge }),
  };
}
