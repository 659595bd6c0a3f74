// Begins to bring the store at a path up to date, and is killed when the last step is done and not committed.
import { migrate } from '../store/migrate.ts';
import { createTransactions } from '../store/transactions.ts';
import { createNodePrimitives } from './primitives.ts';
import { openSqlite } from './sqlite.ts';

const { keepCopy, ...file } = openSqlite(process.argv[2] ?? '');
const database = {
  ...file,
  exec: (sql: string): void => {
    if (sql === 'COMMIT') process.kill(process.pid, 'SIGKILL');
    file.exec(sql);
  },
};
const { randomBytes } = createNodePrimitives();
migrate(database, createTransactions(database), { randomBytes, keepCopy });
