import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../elements/button.tsx';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';

interface Progress {
  readonly done: number;
  readonly total: number | null;
}

/** Compares all that is on the server with what is here, as long as the page is open. */
export function Verify(): VNode {
  const { home, words } = useApp();
  const said = words.value;
  const [progress, setProgress] = useState<Progress | null>(null);
  const [result, setResult] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const verify = async (): Promise<void> => {
    const stopping = new AbortController();
    running.current = stopping;
    setResult(null);
    setProgress({ done: 0, total: null });
    try {
      const report = await home.sync.verify({
        signal: stopping.signal,
        onProgress: ({ done, total }) => setProgress({ done, total }),
      });
      setResult(report.found.count === 0 ? said.verified : said.verifiedWrong(report.found.count));
    } catch (error) {
      if (!stopping.signal.aborted) setResult(tellError(error, said));
    }
    setProgress(null);
  };
  return (
    <div class="verify">
      {progress === null ? (
        <Button words={said.verify} onPress={() => void verify()} />
      ) : (
        <>
          <Button words={said.stop} onPress={() => running.current?.abort()} />
          <progress
            aria-label={said.check}
            value={progress.done}
            {...(progress.total !== null && { max: Math.max(1, progress.total) })}
          />
        </>
      )}
      <p role="status">{progress === null ? result : said.verifying(progress.done, progress.total)}</p>
    </div>
  );
}
