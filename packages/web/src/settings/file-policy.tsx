import type { FetchPolicy } from '@dataans/client';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Choice } from '../elements/choice.tsx';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';

/** Which files come to this device without being opened. */
export function FilePolicy(): VNode | null {
  const { home, notices, words } = useApp();
  const said = words.value;
  const [policy, setPolicy] = useState<FetchPolicy | null>(null);
  const tell = (error: unknown): void => notices.show(tellError(error, words.peek()));
  useEffect(() => {
    home.files.policy().then(setPolicy).catch(tell);
  }, []);
  if (policy === null) return null;
  return (
    <Choice
      label={said.filesHere}
      name="files"
      options={[
        { value: 'all', words: said.filesAll },
        { value: 'small', words: said.filesSmall },
        { value: 'none', words: said.filesNone },
      ]}
      value={policy}
      onChoose={(chosen) => {
        home.files
          .setPolicy(chosen)
          .then(() => setPolicy(chosen))
          .catch(tell);
      }}
    />
  );
}
