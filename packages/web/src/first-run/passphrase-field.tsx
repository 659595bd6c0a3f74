import type { PassphraseTypo } from '@dataans/core';
import type { VNode } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { Wrong } from '../elements/wrong.tsx';
import { FileKey } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { Icon } from '../elements/icon.tsx';
import { PassphraseText } from './passphrase-text.tsx';
import { readProfile } from './read-profile.ts';

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
      <PassphraseText id={id} value={value} isWrong={typos.length > 0} onChange={onChange} />
      <div id={`${id}-hint`} class="hint">
        {typos.map((typo) => (
          <TypoLine
            key={typo.word}
            typo={typo}
            onUse={(suggestion) => onChange(value.replace(typo.word, suggestion))}
          />
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

interface TypoLineProps {
  readonly typo: PassphraseTypo;
  readonly onUse: (suggestion: string) => void;
}

function TypoLine({ typo: { word, suggestion }, onUse }: TypoLineProps): VNode {
  const words = useApp().words.value;
  return (
    <div class="typo-line">
      <Wrong words={words.unknownWord(word)} />
      {suggestion !== null && (
        <button type="button" class="button bare small" onClick={() => onUse(suggestion)}>
          {words.useWord(suggestion)}
        </button>
      )}
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
