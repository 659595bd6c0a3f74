import type { EntityId } from '@dataans/core';
import { foldText } from './fold-text.ts';

interface Named {
  readonly id: EntityId;
  readonly name: string;
}

/** As people look names up; the same order everywhere, also for names that are alike. */
export function compareNames(left: Named, right: Named): number {
  return (
    compareTexts(foldText(left.name), foldText(right.name)) ||
    compareTexts(left.name, right.name) ||
    compareTexts(left.id, right.id)
  );
}

/** By UTF-16 units. */
export function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
