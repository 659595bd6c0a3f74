import type { VNode } from 'preact';

export interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly name: string;
  readonly options: readonly { readonly value: Value; readonly words: string }[];
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
}

/** A few things of which one is chosen, side by side. */
export function Choice<Value extends string>(props: ChoiceProps<Value>): VNode {
  const { label, name, options, value, onChoose } = props;
  return (
    <div class="choice" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChoose(option.value)}
          />
          {option.words}
        </label>
      ))}
    </div>
  );
}
