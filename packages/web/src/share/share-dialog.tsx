import type { SpaceRow } from '@dataans/client';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../elements/button.tsx';
import { Dialog } from '../elements/dialog.tsx';
import { Icon } from '../elements/icon.tsx';
import { glyphOf, hueOf } from '../spaces/space-look.ts';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import type { SharedItem } from './shared-items.ts';

export interface ShareDialogProps {
  readonly item: SharedItem;
  readonly spaces: readonly SpaceRow[];
  /** It is a note now, or nobody wants it. */
  readonly onDone: () => void;
  /** It waits on. */
  readonly onClose: () => void;
}

/** Asks where it shall go; until then it is no note. */
export function ShareDialog({ item, spaces, onDone, onClose }: ShareDialogProps): VNode {
  const { home, notices, router, words } = useApp();
  const said = words.value;
  const [text, setText] = useState(item.text);
  const [space, setSpace] = useState(spaces[0]);
  const [isBusy, setBusy] = useState(false);

  const keep = async (): Promise<void> => {
    if (space === undefined) return;
    setBusy(true);
    try {
      const attach = item.files.map((content) => ({ name: content.name, content }));
      // Named, so that it is one note whatever happens in between.
      await home.notes.add({ space: space.id, text, attach }, { call: `shared ${item.id}` });
      onDone();
      router.go({ at: 'space', space: space.id, note: null });
    } catch (error) {
      notices.show(tellError(error, said));
      setBusy(false);
    }
  };
  return (
    <Dialog title={said.keepShared} onClose={onClose}>
      <div class="body">
        <textarea
          class="input"
          aria-label={said.sharedText}
          rows={5}
          dir="auto"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        {item.files.length > 0 && (
          <ul class="shared-files">
            {item.files.map(({ name }) => (
              <li key={name} dir="auto">
                {name}
              </li>
            ))}
          </ul>
        )}
        <SpaceChoice spaces={spaces} chosen={space} onChoose={setSpace} />
      </div>
      <div class="foot">
        <Button class="away" words={said.discard} disabled={isBusy} onPress={onDone} />
        <Button
          class="primary"
          words={said.keepIn(space?.name ?? '')}
          autoFocus
          disabled={isBusy}
          onPress={() => void keep()}
        />
      </div>
    </Dialog>
  );
}

interface SpaceChoiceProps {
  readonly spaces: readonly SpaceRow[];
  readonly chosen: SpaceRow | undefined;
  readonly onChoose: (space: SpaceRow) => void;
}

function SpaceChoice({ spaces, chosen, onChoose }: SpaceChoiceProps): VNode {
  const { words } = useApp();
  return (
    <fieldset class="to-space">
      <legend>{words.value.space}</legend>
      {spaces.map((space) => (
        <label key={space.id} class={`hue-${hueOf(space)}`}>
          <input
            type="radio"
            name="space"
            checked={space.id === chosen?.id}
            onChange={() => onChoose(space)}
          />
          <Icon of={glyphOf(space)} />
          <span dir="auto">{space.name}</span>
        </label>
      ))}
    </fieldset>
  );
}
