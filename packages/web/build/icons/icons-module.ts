import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as lucide from 'lucide';

const source = join(dirname(dirname(import.meta.dirname)), 'src');

/** Where the app has its icons, with their licence. */
export const iconsFolder = join(source, 'icons');

const head = `// Icons of Lucide; their licence is beside them. Written by \`npm run icons --workspace packages/web\`, which takes those
// that the screens import from here.

/** The shapes of one icon, on a sheet of 24 by 24. */
export type IconNode = readonly (readonly [tag: string, attributes: Readonly<Record<string, string | number>>])[];

`;

/** A module with the icons that the screens import, and with no others. */
export function iconsModule(): string {
  const names = [...new Set(screens().flatMap(importedIcons))].toSorted();
  return head + names.map((name) => `export const ${name}: IconNode = ${shapesOf(name)};\n`).join('');
}

export function iconsLicense(): string {
  return readFileSync(join(dirname(fileURLToPath(import.meta.resolve('lucide'))), '../../LICENSE'), 'utf8');
}

function screens(): readonly string[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => readFileSync(join(source, path), 'utf8'));
}

/** The values among `{ ArrowUp, Map as MapIcon, type IconNode }`. */
function importedIcons(screen: string): readonly string[] {
  return Array.from(
    screen.matchAll(/^import \{([^}]*)\} from '[./]*\/icons\/icons\.ts';$/gm),
    ([, list = '']) => list.split(','),
  )
    .flat()
    .map((one) => one.trim().replace(/ as \w+$/, ''))
    .filter((one) => one !== '' && !one.startsWith('type '));
}

function shapesOf(name: string): string {
  const shapes = new Map(Object.entries(lucide)).get(name);
  if (!Array.isArray(shapes)) throw new Error(`Lucide has no icon ${name}: see https://lucide.dev/icons`);
  return JSON.stringify(shapes);
}
