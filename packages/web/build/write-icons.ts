// `npm run icons --workspace packages/web`: takes the icons that the screens import out of Lucide.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { iconsFolder, iconsLicense, iconsModule } from './icons/icons-module.ts';

writeFileSync(join(iconsFolder, 'icons.ts'), iconsModule());
writeFileSync(join(iconsFolder, 'LICENSE'), iconsLicense());
