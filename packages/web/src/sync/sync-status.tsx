import type { VNode } from 'preact';
import { Icon } from '../elements/icon.tsx';
import { Link } from '../elements/link.tsx';
import type { IconNode } from '../icons/icons.ts';
import { Check, CloudOff, LogIn, RefreshCw, TriangleAlert } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { tellStatus, type StatusTone } from './tell-status.ts';

const iconByTone: Readonly<Record<StatusTone, IconNode>> = {
  calm: Check,
  waiting: RefreshCw,
  offline: CloudOff,
  'signed-out': LogIn,
  wrong: TriangleAlert,
};

/** One calm line about the sync; behind it is everything else. */
export function SyncStatus(): VNode {
  const { state, words } = useApp();
  const status = state.status.value;
  const told = status === null ? null : tellStatus(status, words.value);
  const isWrong = told?.tone === 'wrong' || told?.tone === 'signed-out';
  return (
    <div class="status-line" role="status" aria-label={words.value.sync}>
      <Link to={{ at: 'sync' }} class="status" {...(isWrong && { 'data-state': 'wrong' })}>
        <Icon of={iconByTone[told?.tone ?? 'waiting']} />
        <span>{told?.words ?? words.value.syncing}</span>
      </Link>
    </div>
  );
}
