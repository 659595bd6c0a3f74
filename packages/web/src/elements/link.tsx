import type { AnchorHTMLAttributes, ComponentChildren, VNode } from 'preact';
import { useApp } from '../state/context.ts';
import { formatAddress, type Place } from '../router/address.ts';

export interface LinkProps extends Pick<
  AnchorHTMLAttributes,
  'class' | 'title' | 'aria-label' | 'aria-current' | 'onKeyDown'
> {
  readonly to: Place;
  readonly children: ComponentChildren;
  readonly onFollow?: () => void;
}

/** A link within the app; with a modifier key it is the browser's, to a tab of its own. */
export function Link({ to, children, onFollow, ...others }: LinkProps): VNode {
  const { router } = useApp();
  return (
    <a
      {...others}
      href={formatAddress(to)}
      onClick={(event) => {
        if (event.defaultPrevented || event.button !== 0) return;
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        router.go(to);
        onFollow?.();
      }}
    >
      {children}
    </a>
  );
}
