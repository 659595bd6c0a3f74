import { join } from 'node:path';
import { testDirectory } from '../../stores/directory.contract.ts';
import { afterTest } from '../../testing/after-test.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openSqliteDirectory } from './sqlite-directory.ts';

testDirectory('SQLite directory', async (t) => {
  const path = join(await temporaryFolder(t), 'directory.sqlite');
  const [one, other] = [openSqliteDirectory({ path }), openSqliteDirectory({ path })];
  afterTest(t, () => Promise.all([one.close(), other.close()]));
  return [one, other];
});
