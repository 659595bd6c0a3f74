import type { PassphraseTypo } from '@dataans/core';
import type { VNode } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { FileKey } from 'lucide';
import { Wrong } from '../elements/wrong.tsx';
import { useApp } from '../state/context.ts';
import { Icon } from '../elements/icon.tsx';
import { readProfile } from './read-profile.ts';

const generatedWords = 7;

export interface PassphraseFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Typed with a mistyped word pointed at, or taken from the file that was saved. */
export function PassphraseField({ value, onChange }: PassphraseFieldProps): VNode {
  const words = useApp().words.value;
  const id = useId();
  const typos = useTypos(value);
  const [isUnusable, setUnusable] = useState(false);
  const typed = value.split(/\s+/).filter(Boolean).length;

  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const profile = readProfile(await file.text());
    setUnusable(profile === null);
    if (profile !== null) onChange(profile.passphrase);
  };
  return (
    <div
      class="field"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void take(event.dataTransfer?.files[0]);
      }}
    >
      <label for={id}>{words.passphrase}</label>
      <div class="word-box">
        <textarea
          class="input"
          id={id}
          rows={2}
          value={value}
          autocapitalize="none"
          autocomplete="off"
          autocorrect="off"
          spellcheck={false}
          aria-invalid={typos.length > 0}
          aria-describedby={`${id}-hint`}
          onInput={(event) => onChange(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.isComposing) return;
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }}
        />
        {typed > 0 && typed <= generatedWords && (
          <span class="meter">{words.wordCount(typed, generatedWords)}</span>
        )}
      </div>
      <div id={`${id}-hint`} class="hint">
        {typos.map(({ word, suggestion }) => (
          <div key={word} class="typo-line">
            <Wrong words={words.unknownWord(word)} />
            {suggestion !== null && (
              <button
                type="button"
                class="button bare small"
                onClick={() => onChange(value.replace(word, suggestion))}
              >
                {words.useWord(suggestion)}
              </button>
            )}
          </div>
        ))}
        {/\p{Script=Cyrillic}/u.test(value) && <Wrong words={words.keyboardLayout} />}
        {isUnusable && <Wrong words={words.profileUnusable} />}
        {typos.length === 0 && !isUnusable && <p>{words.passphraseHint}</p>}
      </div>
      <label class="way drop">
        <Icon of={FileKey} />
        <strong>{words.useProfile}</strong>
        <span>{words.useProfileHint}</span>
        <input
          class="unseen"
          type="file"
          accept=".json,application/json"
          aria-label={words.useProfile}
          onChange={(event) => void take(event.currentTarget.files?.[0])}
        />
      </label>
    </div>
  );
}

/** Words that are in no passphrase, once there are as many as a generated one has. The list comes when it is needed. */
function useTypos(passphrase: string): readonly PassphraseTypo[] {
  const [typos, setTypos] = useState<readonly PassphraseTypo[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void import('./find-typos.ts').then(({ findPassphraseTypos }) => {
      if (isCurrent) setTypos(findPassphraseTypos(passphrase));
    });
    return () => {
      isCurrent = false;
    };
  }, [passphrase]);
  return typos;
}
