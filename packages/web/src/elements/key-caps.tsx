import type { VNode } from 'preact';

const isApple = /^(Mac|iP)/.test(navigator.platform);

/** The keys to press together, of `Ctrl+K` each one; where they are Apple's, by Apple's names. */
export function KeyCaps({ of }: { readonly of: string }): VNode {
  const keys = of.split('+').map((key) => (isApple && key === 'Ctrl' ? '⌘' : key));
  return (
    <span class="keys">
      {keys.map((key) => (
        <kbd key={key} class="key">
          {key}
        </kbd>
      ))}
    </span>
  );
}
