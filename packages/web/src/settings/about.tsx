import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../state/context.ts';
import { hashKeptBuild } from './kept-build.ts';

/** Which app this is, to be compared with what the server and the command line print. */
export function About(): VNode | null {
  const said = useApp().words.value;
  const [hash, setHash] = useState<string | null>(null);
  useEffect(() => {
    const script = document.querySelector<HTMLScriptElement>('script[type="module"]')?.src;
    // A browser that keeps nothing of the app, as in some private windows, has nothing to compare.
    if (script !== undefined && 'caches' in window) void hashKeptBuild(caches, script).then(setHash);
  }, []);
  if (hash === null) return null;
  return (
    <div class="build">
      <span>{said.build}</span>
      <code>{hash}</code>
      <span>{said.buildHint}</span>
    </div>
  );
}
