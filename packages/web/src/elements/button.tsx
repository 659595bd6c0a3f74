import type { ButtonHTMLAttributes, VNode } from 'preact';
import type { IconNode } from '../icons/icons.ts';
import { Icon } from './icon.tsx';

interface Shared {
  readonly icon?: IconNode;
  readonly class?: string;
  readonly onPress?: (event: MouseEvent) => void;
}

type Others = Omit<ButtonHTMLAttributes, 'class' | 'icon' | 'label' | 'onClick' | 'children'>;

export interface ButtonProps extends Shared, Others {
  readonly words: string;
}

export function Button({
  words,
  icon,
  class: more,
  onPress,
  type = 'button',
  ...others
}: ButtonProps): VNode {
  return (
    <button {...others} type={type} class={join('button', more)} {...(onPress && { onClick: onPress })}>
      {icon && <Icon of={icon} />}
      <span>{words}</span>
    </button>
  );
}

export interface IconButtonProps extends Shared, Others {
  readonly icon: IconNode;
  readonly words: string;
}

/** Its words are read out, and shown when a pointer rests on it. */
export function IconButton({ words, icon, class: more, onPress, ...others }: IconButtonProps): VNode {
  return (
    <button
      {...others}
      type="button"
      class={join('icon-button', more)}
      aria-label={words}
      title={words}
      {...(onPress && { onClick: onPress })}
    >
      <Icon of={icon} />
    </button>
  );
}

function join(...classes: readonly (string | undefined)[]): string {
  return classes.filter(Boolean).join(' ');
}
