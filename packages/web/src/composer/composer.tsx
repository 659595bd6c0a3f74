import type { VNode } from 'preact';
import { CornerDownRight, X } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { IconButton } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { AttachButton } from './attach-button.tsx';
import { growWithText } from './grow-with-text.ts';
import { SendButtons } from './send-buttons.tsx';
import { isComposing, readKey } from './send-key.ts';
import { describeCompletion, TagList } from './tag-list.tsx';
import { handleTextKey } from './text-keys.ts';
import { Tray } from './tray.tsx';
import { useTagCompletion } from './use-tag-completion.ts';
import { useVoiceNote } from './use-voice-note.ts';
import { useWriting, type Writing, type WritingProps } from './use-writing.ts';
import { RecordingBar } from './voice-note.tsx';

export interface ComposerProps extends WritingProps {
  readonly onEditLast: () => void;
}

/** The box at the bottom: a text, and files that go with it. */
export function Composer(props: ComposerProps): VNode {
  const { draftFiles, words } = useApp();
  const said = words.value;
  const writing = useWriting(props);
  const { place, files, isSealing } = writing;
  const attach = (chosen: Iterable<File>): void => draftFiles.attach(place, [...chosen]);
  const voice = useVoiceNote((file) => attach([file]));
  return (
    <form
      class="composer"
      aria-busy={isSealing}
      onSubmit={(event) => {
        event.preventDefault();
        void writing.send();
      }}
    >
      <AnsweredNote {...props} />
      <RecordingBar voice={voice} onEnd={() => props.box.current?.focus()} />
      {files.length > 0 && <Tray files={files} onRemove={(id) => draftFiles.remove(place, id)} />}
      <div class="row">
        <AttachButton
          onAttach={(chosen) => {
            attach(chosen);
            props.box.current?.focus();
          }}
        />
        <WriteBox {...props} writing={writing} onAttach={attach} />
        <SendButtons
          canSend={writing.canSend}
          isSealing={isSealing}
          onAttach={attach}
          onRecord={voice.lengthMs === null ? voice.start : null}
        />
      </div>
      <p class="sealing" role="status">
        {isSealing && said.sendsSoon}
      </p>
    </form>
  );
}

function AnsweredNote({ answered, onStopAnswering }: ComposerProps): VNode | null {
  const said = useApp().words.value;
  if (answered === null) return null;
  return (
    <div class="above">
      <Icon of={CornerDownRight} size="small" />
      <span>
        {said.answers} <strong dir="auto">{answered.title}</strong>
      </span>
      <IconButton class="small" icon={X} words={said.stopAnswering} onPress={onStopAnswering} />
    </div>
  );
}

interface WriteBoxProps extends ComposerProps {
  readonly writing: Writing;
  readonly onAttach: (files: Iterable<File>) => void;
}

function WriteBox(props: WriteBoxProps): VNode {
  const { space, answered, onStopAnswering, onEditLast, box, writing, onAttach } = props;
  const { settings, words } = useApp();
  const said = words.value;
  const completion = useTagCompletion();
  const press = (event: KeyboardEvent & { readonly currentTarget: HTMLTextAreaElement }): void => {
    if (!isComposing(event) && completion.press(event)) return;
    const isTouch = matchMedia('(pointer: coarse)').matches;
    if (readKey(event, settings.value.enterSends, isTouch) === 'send') {
      event.preventDefault();
      void writing.send();
    } else if (event.key === 'ArrowUp' && event.currentTarget.value === '') {
      event.preventDefault();
      onEditLast();
    } else if (event.key === 'Escape' && answered !== null) onStopAnswering();
    else if (!isComposing(event)) handleTextKey(event);
  };
  return (
    <div>
      <TagList completion={completion} box={box} />
      <textarea
        ref={box}
        rows={1}
        dir="auto"
        aria-label={said.writeNote}
        placeholder={said.writeTo(space.name)}
        enterkeyhint={settings.value.enterSends ? 'send' : 'enter'}
        readOnly={writing.isSealing}
        onInput={(event) => {
          writing.type(event.currentTarget.value);
          growWithText(event.currentTarget);
          completion.follow(event.currentTarget);
        }}
        onBlur={completion.close}
        {...describeCompletion(completion)}
        onKeyDown={press}
        onPaste={(event) => {
          const pasted = event.clipboardData?.files ?? [];
          if (pasted.length === 0) return;
          event.preventDefault();
          onAttach(pasted);
        }}
      />
    </div>
  );
}
