import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export interface FileChooserProps {
  /** What is read out of the field itself. */
  readonly label: string;
  readonly accept?: string;
  /** From the camera, where there is one. */
  readonly capture?: 'environment';
  readonly multiple?: boolean;
  /** A folder is chosen, not its files one by one. */
  readonly isFolder?: boolean;
  readonly onChoose: (files: readonly File[]) => void;
  /** What is pressed for it. */
  readonly button: (choose: () => void) => VNode;
}

/** Lets a person choose files of this device; the same ones can be chosen again. */
export function FileChooser({ label, isFolder = false, onChoose, button, ...kind }: FileChooserProps): VNode {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // An attribute that Preact's types don't know.
    if (isFolder) field.current?.setAttribute('webkitdirectory', '');
  }, []);
  return (
    <>
      {button(() => field.current?.click())}
      <input
        ref={field}
        type="file"
        hidden
        aria-label={label}
        {...kind}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) onChoose(files);
        }}
      />
    </>
  );
}
