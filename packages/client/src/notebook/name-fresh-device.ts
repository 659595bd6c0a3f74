import { parseUuid, type DeviceId } from '@dataans/core';
import type { Store } from '../store/store.ts';
import type { PlannedChange } from './notebook.ts';
import { planCreation } from './plan-changes.ts';

/** Longer names are cut before a number is put behind them. */
const symbolsMax = 100;

/**
 * The name of a device that took the place of another one here, before its first change; nothing where it
 * has one. // STO-19
 */
export function nameFreshDevice({
  log,
  entities,
  facts,
}: Pick<Store, 'log' | 'entities' | 'facts'>): readonly PlannedChange[] {
  const former = parseUuid<DeviceId>(facts.read('former-device') ?? '');
  if (former === null) return [];
  const { device } = log.writer();
  const formerName = entities.read('device', former)?.value.name;
  if (formerName === undefined || entities.read('device', device) !== null) return [];
  const taken = new Set(entities.devices().map(({ value }) => value.name));
  return [planCreation('device', device, { name: nextName(formerName, taken) })];
}

/** `Laptop (2)` after `Laptop`, `Laptop (3)` after that. */
export function nextName(name: string, taken: ReadonlySet<string>): string {
  const stem = Array.from(name.replace(/ \([0-9]+\)$/, ''))
    .slice(0, symbolsMax)
    .join('');
  let number = 2;
  while (taken.has(`${stem} (${number})`)) number += 1;
  return `${stem} (${number})`;
}
