import assert from 'node:assert/strict';

/** Gives the heads of a stream one after the other, however it was cut on the way. */
export function createHeadReader(stream: Response): () => Promise<number> {
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return async () => {
    for (;;) {
      const [event, head] = /"head":(\d+).*\n\n/.exec(text) ?? [];
      if (event !== undefined) {
        text = text.slice(text.indexOf(event) + event.length);
        return Number(head);
      }
      const piece = await reader?.read();
      assert.ok(piece?.done === false, 'The stream ended.');
      text += piece.value;
    }
  };
}
