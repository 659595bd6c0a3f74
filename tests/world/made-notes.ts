import { pseudoRandomBytes } from './pseudo-random.ts';
import { writeBelow } from './write-below.ts';

const folders = ['linux', 'common', 'windows/powershell', 'uk-common', 'travel/2026/spring'];
const notesInEach = 120;
const english =
  'archive extract directory compress permission verbose recursive listing pattern network transfer verify';
const ukrainian = 'архів витягти каталог стиснути дозволи докладно рекурсивно перелік шаблон мережа передати';

/** Some hundred notes in several folders, in two languages, and a few images, where there is no real corpus. */
export async function makeNotes(folder: string): Promise<void> {
  for (const [place, name] of folders.entries()) {
    const words = (name.startsWith('uk-') ? ukrainian : english).split(' ');
    for (let number = 0; number < notesInEach; number += 1)
      await writeBelow(folder, `${name}/note-${number}.md`, madeText(words, place * notesInEach + number));
  }
  for (const seed of [1, 2, 3])
    await writeBelow(folder, `images/picture-${seed}.png`, pseudoRandomBytes(seed, seed * 40_000));
}

function madeText(words: readonly string[], seed: number): string {
  const line = (row: number): string =>
    Array.from(
      { length: 7 },
      (_, column) => words[(seed * 31 + row * 7 + column * (seed % 5) + column) % words.length],
    ).join(' ');
  const paragraphs = Array.from(
    { length: 3 + (seed % 4) },
    (_, row) => `- ${line(row)}:\n\n\`${line(row + 9)}\``,
  );
  return `# note ${seed}\n\n> ${line(0)}.\n\n${paragraphs.join('\n\n')}\n`;
}
