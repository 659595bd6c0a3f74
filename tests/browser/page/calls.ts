/** A call from the page to its worker, and the answer. Arguments and results are plain values. */
export interface Call {
  readonly id: number;
  readonly name: string;
  readonly parameters: readonly unknown[];
}

export type Answer =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly code: string; readonly message: string };

/** Answers the calls that the page makes, each by the function of its name. */
export function answerCalls(functions: Readonly<Record<string, (...parameters: never[]) => unknown>>): void {
  const port = globalThis as unknown as DedicatedPort; // this file is only loaded in dedicated workers
  port.addEventListener('message', (event) => {
    void answer(event.data).then((answered) => port.postMessage(answered));
  });

  async function answer({ id, name, parameters }: Call): Promise<Answer> {
    try {
      const called = functions[name];
      if (called === undefined) throw new TypeError(`The worker has no ${name}.`);
      // The caller in the test and the function here agree on the parameters.
      return { id, ok: true, result: await called(...(parameters as never[])) };
    } catch (error) {
      return { id, ok: false, ...describeError(error) };
    }
  }
}

interface DedicatedPort {
  addEventListener(type: 'message', listen: (event: MessageEvent<Call>) => void): void;
  postMessage(answer: Answer): void;
}

export function describeError(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  const code = 'code' in error ? String(error.code) : '';
  return { code, message: code === '' ? (error.stack ?? error.message) : error.message };
}
