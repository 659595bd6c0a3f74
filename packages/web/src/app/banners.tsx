import type { VNode } from 'preact';
import { CircleAlert, LogIn, Moon, RefreshCw } from 'lucide';
import { Button } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { signInAtServer } from './sign-in-at-server.ts';

/** A line above everything, for what one should do something about. */
export function Banners(): VNode | null {
  const { home, notices, state, updates, words } = useApp();
  const said = words.value;
  const status = state.status.value;
  const leader = state.leader.value;
  if (leader === 'asleep')
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
  if (leader === 'newer') return <NewVersion useNow={() => location.reload()} />;
  if (status !== null && status.storageCleared !== null)
    return (
      <div class="banner bad" role="status">
        <Icon of={CircleAlert} />
        <p>
          <strong>{said.storeLost}</strong>{' '}
          <span>{said.storeLostLead(status.storageCleared.unsentNotes)}</span>
        </p>
        <Button
          words={said.understood}
          onPress={() =>
            void home.sync.acknowledge().catch((error: unknown) => notices.show(tellError(error, said)))
          }
        />
      </div>
    );
  const isRefused = status?.session?.state === 'ended' || status?.connection === 'paused';
  if (status === null || status.state === 'signed-out' || !isRefused)
    return updates.waiting.value === null ? null : <NewVersion useNow={updates.waiting.value} />;
  return (
    <div class="banner" role="status">
      <Icon of={LogIn} />
      <p>
        <strong>{said.sessionEnded}</strong> <span>{said.sessionEndedLead(status.pendingOperations)}</span>
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
