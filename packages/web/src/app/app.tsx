import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { later } from '../elements/later.tsx';
import { Frame } from '../first-run/frame.tsx';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { LeaderBanner } from './banners.tsx';

// Both are on their way while the home is being opened.
const shell = import('./shell.tsx');
const Shell = later(async () => (await shell).Shell);
const FirstRun = later(async () => (await import('../first-run/first-run.tsx')).FirstRun);

/** The notes, once somebody is signed in; until then what leads there. */
export function AppRoot(): VNode {
  const { state, words } = useApp();
  const said = words.value;
  const [failure, setFailure] = useState<string | null>(null);
  const refresh = (): void => {
    void state.refresh().catch((error: unknown) => setFailure(tellError(error, said)));
  };
  const account = state.account.value;
  const leader = state.leader.value;
  const isOpen = leader === 'this' || leader === 'other';
  useEffect(refresh, []);
  // What could not be opened may have been kept by a tab that has let go of it.
  useEffect(() => {
    if (failure === null || !isOpen) return;
    setFailure(null);
    refresh();
  }, [isOpen]);
  // Until another tab lets go of the notes, nothing can be known of them, except for how they were left.
  const isKept = account === null && (leader === 'newer' || leader === 'asleep');
  if (isKept || failure !== null)
    return (
      <>
        <LeaderBanner />
        <Frame words={said}>
          {failure !== null && (
            <p class="lead" role="alert">
              {failure}
            </p>
          )}
        </Frame>
      </>
    );
  if (account === null) return <div class="opening" role="status" aria-label={said.opening} />;
  return account.signedIn ? <Shell /> : <FirstRun onDone={refresh} />;
}
