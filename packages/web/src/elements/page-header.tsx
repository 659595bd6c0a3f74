import type { ComponentChildren, VNode } from 'preact';
import { Menu } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { IconButton } from './button.tsx';

export interface PageHeaderProps {
  readonly title: string;
  readonly more?: string;
  readonly onOpenSpaces: () => void;
  readonly children?: ComponentChildren;
}

/** The head of a page that is no space. */
export function PageHeader({ title, more, onOpenSpaces, children }: PageHeaderProps): VNode {
  const said = useApp().words.value;
  return (
    <header class="header">
      <IconButton class="back" icon={Menu} words={said.spaces} onPress={onOpenSpaces} />
      <div class="title">
        <h1>{title}</h1>
        {more !== undefined && (
          <span class="count" dir="auto">
            {more}
          </span>
        )}
      </div>
      {children}
    </header>
  );
}
