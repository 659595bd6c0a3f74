import { spawnSync } from 'node:child_process';
import { dataansProgram } from './repository.ts';

const nobody = '65534';

/** What a command of a user without any rights runs under: permissions mean nothing to root. */
export const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--'];

/** Why this machine cannot run the program as another user; `false` where it can. */
export function whyNotAnotherUser(): string | false {
  const [file = '', ...args] = asNobody;
  const ran = spawnSync(file, [...args, process.execPath, dataansProgram, '--version']);
  return ran.status === 0 ? false : 'Another user takes root, setpriv and a repository that others can read.';
}
