import type { VNode } from 'preact';
import { useApp } from '../state/context.ts';

const generatedWords = 7;

export interface PassphraseTextProps {
  readonly id: string;
  readonly value: string;
  readonly isWrong: boolean;
  readonly onChange: (value: string) => void;
}

/** Where it is typed, with how many words there are of a generated one; Enter goes on. */
export function PassphraseText({ id, value, isWrong, onChange }: PassphraseTextProps): VNode {
  const words = useApp().words.value;
  const typed = value.split(/\s+/).filter(Boolean).length;
  return (
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
        aria-invalid={isWrong}
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
  );
}
