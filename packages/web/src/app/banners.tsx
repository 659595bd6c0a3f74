import type { VNode } from 'preact';
import { Button } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { CircleAlert, LogIn, Moon, RefreshCw } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { signInAtServer } from './sign-in-at-server.ts';

/** A line above everything, for what one should do something about. */
export function Banners(): VNode | null {
  const { state, updates } = useApp();
  const status = state.status.value;
  const leader = state.leader.value;
  if (leader === 'asleep' || leader === 'newer') return <LeaderBanner />;
  if (status !== null && status.storageCleared !== null)
    return <StorageCleared unsentNotes={status.storageCleared.unsentNotes} />;
  const isRefused = status?.session?.state === 'ended' || status?.connection === 'paused';
  if (status !== null && status.state !== 'signed-out' && isRefused)
    return <SessionEnded waiting={status.pendingChanges} />;
  return updates.waiting.value === null ? null : <NewVersion useNow={updates.waiting.value} />;
}

/** Another tab has the notes open, and keeps them from this one. */
export function LeaderBanner(): VNode | null {
  const { notices, state, words } = useApp();
  const said = words.value;
  const leader = state.leader.value;
  if (leader === 'newer') return <NewVersion useNow={() => location.reload()} />;
  if (leader !== 'asleep') return null;
  return (
    <div class="banner plain" role="status">
      <Icon of={Moon} />
      <p>
        <strong>{said.otherWindow}</strong>
      </p>
      <Button
        words={said.useHere}
        onPress={() => void state.useHere().catch((error: unknown) => notices.show(tellError(error, said)))}
      />
    </div>
  );
}

function StorageCleared({ unsentNotes }: { readonly unsentNotes: number }): VNode {
  const { home, notices, words } = useApp();
  const said = words.value;
  return (
    <div class="banner bad" role="status">
      <Icon of={CircleAlert} />
      <p>
        <strong>{said.storeLost}</strong> <span>{said.storeLostLead(unsentNotes)}</span>
      </p>
      <Button
        words={said.understood}
        onPress={() =>
          void home.sync
            .acknowledge('storage-cleared')
            .catch((error: unknown) => notices.show(tellError(error, said)))
        }
      />
    </div>
  );
}

function SessionEnded({ waiting }: { readonly waiting: number }): VNode {
  const { home, words } = useApp();
  const said = words.value;
  return (
    <div class="banner" role="status">
      <Icon of={LogIn} />
      <p>
        <strong>{said.sessionEnded}</strong> <span>{said.sessionEndedLead(waiting)}</span>
      </p>
      <Button
        class="primary"
        words={said.signInAgain}
        onPress={() => signInAtServer(() => home.sync.retry())}
      />
    </div>
  );
}

function NewVersion({ useNow }: { readonly useNow: () => void }): VNode {
  const said = useApp().words.value;
  return (
    <div class="banner plain" role="status">
      <Icon of={RefreshCw} />
      <p>
        <strong>{said.newVersion}</strong> <span>{said.newVersionLead}</span>
      </p>
      <Button words={said.useNow} onPress={useNow} />
    </div>
  );
}
