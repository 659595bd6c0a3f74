import type { ComponentChildren, VNode } from 'preact';
import { FileText } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { Icon } from '../elements/icon.tsx';
import { FileButtons } from './file-buttons.tsx';
import type { ShownFile } from './shown-file.ts';
import { tellFileState } from './tell-state.ts';

export interface FileItemProps extends ShownFile {
  /** In front of its name, instead of a sign for its kind. */
  readonly lead?: VNode;
  /** Below its name, instead of where it is and how large. */
  readonly line?: string | null;
  readonly children?: ComponentChildren;
}

/** A file by its name. */
export function FileItem({ file, state, lead, line, children }: FileItemProps): VNode {
  const { formats, words } = useApp();
  const [stem, end] = splitName(file.name);
  return (
    <div class="file" data-id={file.id} {...(state !== null && { 'data-state': state.kind })}>
      {lead ?? <Icon of={FileText} class="kind" />}
      <div>
        <div class="name" dir="auto">
          <span>{stem}</span>
          <span>{end}</span>
        </div>
        <div class="state">
          {line ?? tellFileState(state, words.value, formats.value.bytes) ?? formats.value.bytes(file.bytes)}
        </div>
      </div>
      <FileButtons file={file} state={state} />
      {children}
      <Moving state={state} name={file.name} />
    </div>
  );
}

/** How far it is, while it is on its way. */
function Moving({ state, name }: Pick<ShownFile, 'state'> & { readonly name: string }): VNode | null {
  if (state?.kind !== 'sending' && state?.kind !== 'fetching') return null;
  return <progress aria-label={name} value={state.doneBytes} max={state.totalBytes} />;
}

/** The end of a name says what it is, and is never cut off. */
function splitName(name: string): readonly [string, string] {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)];
}
