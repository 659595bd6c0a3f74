import { Cron } from 'croner';
import { parseDuration } from '../options/duration.ts';
import { is, mustBe, type Option } from '../options/option.ts';

/** When something is due again and again. */
export interface Schedule {
  /** As somebody wrote it. */
  readonly text: string;
  /** The first moment that is due after another, in milliseconds since 1970. */
  next(after: number): number;
}

/** An interval such as `6h`, or a cron expression in the time zone of the machine. */
export function scheduleOption(help: string): Option<Schedule> {
  return {
    help,
    parse: (text) => {
      const schedule = parseInterval(text) ?? parseCron(text);
      return schedule === null
        ? mustBe('an interval such as 6h, 30m or 1d, or a cron expression such as "0 3 * * *"')
        : is(schedule);
    },
  };
}

export function every(text: string, intervalMs: number): Schedule {
  return { text, next: (after) => after + intervalMs };
}

function parseInterval(text: string): Schedule | null {
  const intervalMs = parseDuration(text);
  return intervalMs === null ? null : every(text, intervalMs);
}

function parseCron(text: string): Schedule | null {
  // With seconds or years it would be a dialect, and "* * * * * *" a backup each second.
  if (text.trim().split(/\s+/).length !== 5) return null;
  try {
    const cron = new Cron(text, { paused: true });
    // A day that no month has is never due.
    if (cron.nextRun() === null) return null;
    return { text, next: (after) => cron.nextRun(new Date(after))?.getTime() ?? Infinity };
  } catch {
    return null;
  }
}
