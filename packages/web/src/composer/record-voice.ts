/** A voice note that is being recorded. */
export interface Recording {
  /** @returns what was said */
  stop(): Promise<VoiceNote>;
  /** Nothing of it is left. */
  discard(): void;
}

export interface VoiceNote {
  readonly content: Blob;
  /** Of a file's name, with its dot. */
  readonly ending: string;
}

/** What browsers record, the most widely played first. */
const formats = [
  { type: 'audio/webm;codecs=opus', ending: '.weba' },
  { type: 'audio/mp4', ending: '.m4a' },
  { type: 'audio/ogg;codecs=opus', ending: '.ogg' },
] as const;

/** How often the browser hands over what it has. */
const sliceMs = 1_000;

/**
 * Asks for the microphone, and records until it is stopped.
 *
 * @param onTick called about once a second
 * @throws DOMException `NotAllowedError` if somebody refuses, `NotFoundError` without a microphone
 */
export async function recordVoice(onTick: () => void): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const letGo = (): void => {
    for (const track of stream.getTracks()) track.stop();
  };
  try {
    return startRecording(stream, letGo, onTick);
  } catch (error) {
    letGo();
    throw error;
  }
}

function startRecording(stream: MediaStream, letGo: () => void, onTick: () => void): Recording {
  const { type, ending } = formats.find((format) => MediaRecorder.isTypeSupported(format.type)) ?? formats[0];
  const recorder = new MediaRecorder(stream, { mimeType: type });
  const slices: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => {
    slices.push(data);
    onTick();
  });
  const ended = new Promise<void>((resolve) => {
    recorder.addEventListener('stop', () => resolve(), { once: true });
  });
  recorder.start(sliceMs);
  const end = async (): Promise<void> => {
    // It has ended on its own if the microphone was taken away: what was said until then is there.
    if (recorder.state !== 'inactive') recorder.stop();
    letGo();
    await ended;
  };
  return {
    stop: async () => {
      await end();
      return { content: new Blob(slices, { type }), ending };
    },
    discard: () => void end(),
  };
}
