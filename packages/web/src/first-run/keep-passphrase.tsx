import type { VNode } from 'preact';
import { useId, useMemo, useState } from 'preact/hooks';
import { Wrong } from '../elements/wrong.tsx';
import { useApp } from '../state/context.ts';
import { Button } from '../elements/button.tsx';
import { KeepButtons } from './keep-buttons.tsx';

export interface KeepPassphraseProps {
  readonly passphrase: string;
  readonly onKept: () => void;
}

/** Shows the second key as what it is, and goes on when one of its words was typed back. */
export function KeepPassphrase({ passphrase, onKept }: KeepPassphraseProps): VNode {
  const said = useApp().words.value;
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const id = useId();
  const list = passphrase.split(' ');
  // Neither the first nor the last: those are known by heart without having been kept.
  const asked = useMemo(() => 1 + Math.floor(Math.random() * (list.length - 2)), [passphrase]);
  const ordinal = said.ordinals[asked] ?? String(asked + 1);

  const check = (): void => {
    if (typed.trim().toLowerCase() === list[asked]) onKept();
    else setWrong(true);
  };
  return (
    <>
      <h1>{said.keepWords}</h1>
      <p class="lead">{said.keepWordsLead}</p>
      <ol class="words">
        {list.map((word) => (
          <li key={word}>{word}</li>
        ))}
      </ol>
      <KeepButtons passphrase={passphrase} />
      <form
        class="steps"
        onSubmit={(event) => {
          event.preventDefault();
          check();
        }}
      >
        <div class="field">
          <label for={id}>{said.typeWord(ordinal)}</label>
          <input
            class="input"
            id={id}
            value={typed}
            autocapitalize="none"
            autocomplete="off"
            spellcheck={false}
            aria-invalid={isWrong}
            aria-describedby={`${id}-hint`}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              setWrong(false);
            }}
          />
          <div id={`${id}-hint`} role="alert">
            {isWrong && <Wrong words={said.wrongWord(ordinal)} />}
          </div>
        </div>
        <div class="next">
          <Button class="primary" type="submit" words={said.passphraseSaved} />
          <Button class="bare" words={said.later} onPress={onKept} />
        </div>
        <p class="quiet">{said.laterHint}</p>
      </form>
    </>
  );
}
