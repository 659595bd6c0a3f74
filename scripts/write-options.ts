// Writes the template of the server's options anew. `npm run check` says when it has to be.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { optionsTemplate, optionsTemplatePath } from './release/options-template.ts';
import { root } from './release/programs.ts';

writeFileSync(join(root, optionsTemplatePath), optionsTemplate());
