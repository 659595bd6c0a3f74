const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** In the largest unit that it fills: `3 days`. */
export function createLengthOfTime(language: string): (ms: number) => string {
  return (ms) => {
    const [unit, unitMs] = units.find(([, least]) => ms >= least) ?? (['minute', 60_000] as const);
    const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
    return format.format(Math.max(1, Math.round(ms / unitMs)));
  };
}
