import type { SpaceRow } from '@dataans/client';
import type { VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import { History } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { newEntityId } from '../state/new-entity-id.ts';
import { tellError } from '../state/tell-error.ts';
import { Button } from '../elements/button.tsx';
import { Dialog } from '../elements/dialog.tsx';
import { Icon } from '../elements/icon.tsx';
import { Link } from '../elements/link.tsx';
import { Wrong } from '../elements/wrong.tsx';
import { glyphOf, glyphs, hueOf, hues } from './space-look.ts';

export interface SpaceDialogProps {
  /** `null`: a new one. */
  readonly space: SpaceRow | null;
  readonly onClose: () => void;
  readonly onDelete?: () => void;
}

interface Look {
  readonly colour: string | null;
  readonly icon: string | null;
  readonly pinned: boolean;
}

/** Makes a space, or changes one. */
export function SpaceDialog({ space, onClose, onDelete }: SpaceDialogProps): VNode {
  const { home, router, state, words } = useApp();
  const said = words.value;
  const [newId] = useState(newEntityId);
  const [name, setName] = useState(space?.name ?? '');
  const [look, setLook] = useState<Look>({
    colour: space?.colour ?? null,
    icon: space?.icon ?? null,
    pinned: space?.pinned ?? false,
  });
  const [wrong, setWrong] = useState<string | null>(null);

  const save = async (): Promise<void> => {
    const typed = name.trim();
    if (typed === '') return setWrong(said.spaceNameNeeded);
    if ((state.spaces.value ?? []).some((other) => other.name === typed && other.id !== space?.id))
      return setWrong(said.spaceExists);
    try {
      if (space !== null) await home.spaces.edit(space.id, { name: typed, ...look });
      else {
        const { id } = await home.spaces.add({ id: newId, name: typed, ...look });
        router.go({ at: 'space', space: id, note: null });
      }
      onClose();
    } catch (error) {
      setWrong(tellError(error, said));
    }
  };
  const looked = { id: space?.id ?? '0000', ...look };
  const change = (changed: Partial<Look>): void => setLook({ ...look, ...changed });
  return (
    <Dialog title={space === null ? said.newSpace : said.editSpace} onClose={onClose}>
      <form
        class={`body hue-${hueOf(looked)}`}
        id="space-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <NameField look={looked} name={name} wrong={wrong} onChange={setName} />
        <Hues hue={hueOf(looked)} onChoose={(colour) => change({ colour })} />
        <Glyphs glyph={look.icon} onChoose={(icon) => change({ icon })} />
        {space !== null && (
          <Link class="row-check" to={{ at: 'past', space: space.id, day: null }} onFollow={onClose}>
            <span>{said.earlierDays}</span>
            <Icon of={History} />
          </Link>
        )}
        <PinSwitch isPinned={look.pinned} onChange={(pinned) => change({ pinned })} />
      </form>
      <div class="foot">
        {onDelete !== undefined && (
          <Button class="bare danger away" words={said.deleteSpace} onPress={onDelete} />
        )}
        <Button words={said.cancel} onPress={onClose} />
        <Button
          class="primary"
          type="submit"
          form="space-form"
          words={space === null ? said.create : said.save}
        />
      </div>
    </Dialog>
  );
}

interface PinSwitchProps {
  readonly isPinned: boolean;
  readonly onChange: (isPinned: boolean) => void;
}

function PinSwitch({ isPinned, onChange }: PinSwitchProps): VNode {
  return (
    <label class="row-check">
      <span>{useApp().words.value.keepAtTop}</span>
      <input
        type="checkbox"
        role="switch"
        class="switch"
        checked={isPinned}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  );
}

interface HuesProps {
  readonly hue: string;
  readonly onChoose: (hue: string) => void;
}

function Hues({ hue: chosen, onChoose }: HuesProps): VNode {
  return (
    <fieldset class="field">
      <legend class="label">{useApp().words.value.colour}</legend>
      <div class="hues">
        {hues.map((hue) => (
          <label key={hue} class={`hue-${hue}`}>
            <input
              type="radio"
              name="hue"
              aria-label={hue}
              checked={chosen === hue}
              onChange={() => onChoose(hue)}
            />
            <i />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface GlyphsProps {
  readonly glyph: string | null;
  readonly onChoose: (glyph: string) => void;
}

function Glyphs({ glyph: chosen, onChoose }: GlyphsProps): VNode {
  return (
    <fieldset class="field">
      <legend class="label">{useApp().words.value.icon}</legend>
      <div class="icons">
        {Object.entries(glyphs).map(([glyph, icon]) => (
          <label key={glyph} title={glyph}>
            <input
              type="radio"
              name="glyph"
              aria-label={glyph}
              checked={chosen === glyph}
              onChange={() => onChoose(glyph)}
            />
            <Icon of={icon} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface NameFieldProps {
  readonly look: Parameters<typeof glyphOf>[0];
  readonly name: string;
  readonly wrong: string | null;
  readonly onChange: (name: string) => void;
}

function NameField({ look, name, wrong, onChange }: NameFieldProps): VNode {
  const said = useApp().words.value;
  const id = useId();
  return (
    <div class="look-of">
      <div class="shown">
        <Icon of={glyphOf(look)} />
      </div>
      <div class="field">
        <label for={id}>{said.spaceName}</label>
        <input
          class="input"
          id={id}
          value={name}
          autoFocus
          autocomplete="off"
          dir="auto"
          aria-invalid={wrong !== null}
          aria-describedby={`${id}-wrong`}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
        <div id={`${id}-wrong`} role="alert">
          {wrong !== null && <Wrong words={wrong} />}
        </div>
      </div>
    </div>
  );
}
