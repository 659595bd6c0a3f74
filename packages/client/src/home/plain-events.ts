import { errorToProblem } from '../status/sync-status.ts';
import type { SyncReport, WatchEvent } from '../sync/sync-engine.ts';
import type { SyncEvent, SyncResult } from './home.ts';

/** Errors as plain values, which cross from a worker as they are. */
export function reportToPlain({ problems, ...report }: SyncReport): SyncResult {
  return { ...report, problems: problems.map(errorToProblem) };
}

/** Tells of a trouble once, not at each attempt that meets it. */
export function tellPlain(onEvent: (event: SyncEvent) => void): (event: WatchEvent) => void {
  return (event) => {
    switch (event.type) {
      case 'disconnected':
        if (event.isNew)
          onEvent({ type: event.type, problem: errorToProblem(event.error), retryInMs: event.retryInMs });
        return;
      case 'paused':
        if (event.isNew) onEvent({ type: event.type, problem: errorToProblem(event.error) });
        return;
      case 'synced':
        onEvent({ type: event.type, report: reportToPlain(event.report) });
        return;
      case 'connected':
      case 'progress':
        onEvent(event);
    }
  };
}
