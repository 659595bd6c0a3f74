const controls = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const controlsOfText = /(?![\n\t\u200d])[\p{Cc}\p{Cf}]/gu;

/** One line that cannot move the cursor, colour the terminal or turn the direction of writing. */
export function printableLine(text: string): string {
  return text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(controls, (found) => (found === '\u200d' ? found : '\ufffd'))
    .trim();
}

/** Text for a terminal: lines and tabs stay, what else would control the terminal is replaced. */
export function printableText(text: string): string {
  return text.replaceAll(/\r\n/g, '\n').replaceAll(controlsOfText, '\ufffd');
}
