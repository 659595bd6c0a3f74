import { DataansError } from '@dataans/core';
import { isQuotaFault, storageFull, storageUnusable } from './sqlite-fault.ts';

/** The error of a call to the private file system as one that says what is wrong and what to do. */
export function explainOpfsFault(fault: unknown): DataansError {
  if (fault instanceof DataansError) return fault;
  if (isQuotaFault(fault)) return storageFull(fault);
  if (faultName(fault) === 'NoModificationAllowedError') return openElsewhere(fault);
  return storageUnusable(fault instanceof Error ? fault.message : String(fault), fault);
}

/** Another tab or window is the one that has the store open. */
export function openElsewhere(cause?: unknown): DataansError {
  return new DataansError('busy', 'Your notes are already open in another tab.', {
    advice: 'Continue there, or close that tab and reload this page.',
    cause,
  });
}

export function isMissing(fault: unknown): boolean {
  return faultName(fault) === 'NotFoundError';
}

function faultName(fault: unknown): string | null {
  return fault instanceof Error ? fault.name : null;
}
