import type { Settings } from '../config/read-settings.ts';
import { storesToText } from '../storage/open-stores.ts';
import { formatCount, type Output } from './output.ts';

/** @param steps that were taken; `null` without a database */
export function printMigration(steps: number | null, settings: Settings, output: Output): void {
  if (steps === null)
    output.stdout(
      'There is no database to bring up to date. A server brings its data folder up to date when it starts.\n',
    );
  else if (steps === 0) output.stdout(`The tables in ${storesToText(settings)} are up to date.\n`);
  else
    output.stdout(
      `Brought the tables in ${storesToText(settings)} up to date in ${formatCount(steps, 'step')}.\n`,
    );
}
