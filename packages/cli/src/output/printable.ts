const controls = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const controlsOfText = /(?![\n\t\u200d])[\p{Cc}\p{Cf}]/gu;
const controlsOfJson = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

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

/** JSON that means the same, with everything escaped that would control a terminal or hide in it. */
export function printableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replaceAll(controlsOfJson, escapeUnits);
}

function escapeUnits(symbol: string): string {
  return symbol
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
