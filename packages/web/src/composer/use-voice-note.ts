import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import type { Words } from '../words/words.ts';
import { recordVoice, type Recording } from './record-voice.ts';

/** A voice note, from the first word to a file. */
export interface VoiceNotes {
  /** How long it has been recorded; `null` if none is. */
  readonly lengthMs: number | null;
  start(): void;
  /** Makes a file of it. */
  stop(): void;
  discard(): void;
}

/** @param onRecorded also called if what shows it goes while it is recorded: nothing that was said is lost */
export function useVoiceNote(onRecorded: (file: File) => void): VoiceNotes {
  const { formats, notices, now, words } = useApp();
  const [lengthMs, setLength] = useState<number | null>(null);
  const asked = useRef<Promise<Recording> | null>(null);
  /** When it began; `null` while nobody has allowed it yet. */
  const begunAt = useRef<number | null>(null);
  const told = useRef(onRecorded);
  told.current = onRecorded;

  const take = (): Promise<Recording> | null => {
    const taken = asked.current;
    asked.current = null;
    begunAt.current = null;
    setLength(null);
    return taken;
  };
  const tell = (error: unknown): void => {
    void take();
    notices.show(tellMicrophone(error, words.peek()));
  };
  const tick = (): void => {
    if (begunAt.current !== null) setLength(now() - begunAt.current);
  };
  const ask = async (): Promise<Recording> => {
    const recording = await recordVoice(tick);
    if (asked.current === null) return recording;
    begunAt.current = now();
    tick();
    return recording;
  };
  const start = (): void => {
    if (asked.current !== null) return;
    asked.current = ask();
    asked.current.catch(tell);
  };
  const stop = (): void => {
    const { day, time } = formats.peek();
    // As every file system takes it.
    const name = `${words.peek().voiceNote} ${day(now())} ${time(now()).replaceAll(':', '.')}`;
    void take()
      ?.then((recording) => recording.stop())
      .then(({ content, ending }) => told.current(new File([content], name + ending, { type: content.type })))
      .catch(tell);
  };
  const discard = (): void => {
    void take()
      ?.then((recording) => recording.discard())
      .catch(tell);
  };
  useEffect(() => () => (begunAt.current === null ? discard() : stop()), []);
  return { lengthMs, start, stop, discard };
}

function tellMicrophone(error: unknown, said: Words): string {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError') return said.microphoneRefused;
  return name === 'NotFoundError' ? said.noMicrophone : tellError(error, said);
}
