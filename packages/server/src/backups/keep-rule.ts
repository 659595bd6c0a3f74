import { is, mustBe, type Option, type Parsed } from '../options/option.ts';

const dayMs = 86_400_000;
/** 1970 began on a Thursday. */
const mondayOffsetMs = 3 * dayMs;

/** For how many days, weeks and months the last backup of each stays. */
export interface KeepRule {
  readonly days: number;
  readonly weeks: number;
  readonly months: number;
}

/** A week of days, a month of weeks, half a year of months. */
export const defaultKeepRule: KeepRule = { days: 7, weeks: 4, months: 6 };

export function keepRuleOption(help: string): Option<KeepRule> {
  return { help, parse: parseKeepRule };
}

export function keepRuleToText({ days, weeks, months }: KeepRule): string {
  return `${days}d,${weeks}w,${months}m`;
}

/**
 * Which backups stay: the newest of all, and the newest of each of the last days, weeks (from Monday) and months that
 * have one, in UTC. // SRV-81
 */
export function chooseKept<Backup extends { readonly made: string }>(
  backups: readonly Backup[],
  rule: KeepRule,
): ReadonlySet<Backup> {
  const newestFirst = backups.toSorted((left, right) => Date.parse(right.made) - Date.parse(left.made));
  return new Set([
    ...newestFirst.slice(0, 1),
    ...newestOfEach(newestFirst, rule.days, (made) => String(Math.floor(made / dayMs))),
    ...newestOfEach(newestFirst, rule.weeks, (made) =>
      String(Math.floor((made + mondayOffsetMs) / (7 * dayMs))),
    ),
    ...newestOfEach(newestFirst, rule.months, (made) => new Date(made).toISOString().slice(0, 7)),
  ]);
}

function newestOfEach<Backup extends { readonly made: string }>(
  newestFirst: readonly Backup[],
  count: number,
  spanOf: (made: number) => string,
): readonly Backup[] {
  const bySpan = new Map<string, Backup>();
  for (const backup of newestFirst) {
    const span = spanOf(Date.parse(backup.made));
    if (!bySpan.has(span)) bySpan.set(span, backup);
  }
  return [...bySpan.values()].slice(0, count);
}

function parseKeepRule(text: string): Parsed<KeepRule> {
  const rule = { d: 0, w: 0, m: 0 };
  const seen = new Set<string>();
  for (const part of text.split(/[\s,]+/).filter((word) => word !== '')) {
    const [, digits, unit] = /^(\d{1,3})([dwm])$/.exec(part) ?? [];
    if ((unit !== 'd' && unit !== 'w' && unit !== 'm') || seen.has(unit)) return notARule;
    seen.add(unit);
    rule[unit] = Number(digits);
  }
  return seen.size === 0 ? notARule : is({ days: rule.d, weeks: rule.w, months: rule.m });
}

const notARule = mustBe('how many days, weeks and months to keep, such as 7d,4w,6m');
