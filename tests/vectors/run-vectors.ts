import type { Primitives } from '@dataans/core';
import type { VectorCheck } from './checks/check.ts';
import { keyChecks } from './checks/key-checks.ts';
import { logChecks } from './checks/log-checks.ts';
import { operationChecks } from './checks/operation-checks.ts';
import { sealingChecks } from './checks/sealing-checks.ts';
import { vectors } from './vector-files.ts';

export interface VectorResult {
  readonly title: string;
  /** What is different; `null` where the vector holds. */
  readonly failure: string | null;
}

/** Runs all vectors of the specification; needs no Node, so that a browser can. Takes seconds, for the derivations. */
export async function runVectors(primitives: Primitives): Promise<readonly VectorResult[]> {
  const results: VectorResult[] = [];
  for (const check of vectorChecks(primitives))
    results.push({ title: check.title, failure: await findFailure(check) });
  return results;
}

/** One check for each vector of the specification. */
function vectorChecks(primitives: Primitives): readonly VectorCheck[] {
  return [
    ...keyChecks(primitives, vectors),
    ...sealingChecks(primitives, vectors),
    ...operationChecks(vectors),
    ...logChecks(primitives, vectors),
  ];
}

async function findFailure(check: VectorCheck): Promise<string | null> {
  try {
    await check.run();
    return null;
  } catch (error) {
    return String(error);
  }
}
