import { h, type VNode } from 'preact';
import type { IconNode } from '../icons/icons.ts';

export interface IconProps {
  readonly of: IconNode;
  readonly size?: 'small' | 'tiny';
  readonly class?: string;
  /** What it says to those who don't see it; nothing unless told. */
  readonly label?: string;
}

export function Icon({ of, size, class: more, label }: IconProps): VNode {
  const classes = ['icon', size, more].filter(Boolean).join(' ');
  return (
    <svg
      class={classes}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-linecap="round"
      stroke-linejoin="round"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img' as const, 'aria-label': label })}
    >
      {of.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  );
}

/** A sheet, its margin, a dot in it. */
export function Mark(): VNode {
  return (
    <svg
      class="mark"
      aria-hidden="true"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
    >
      <rect x="2.5" y="2.5" width="19" height="19" rx="5" />
      <path d="M9.5 2.5v19" />
      <circle cx="6" cy="12" r="1.15" fill="currentColor" stroke="none" />
      <path d="M13.5 12h4" />
    </svg>
  );
}
