import type { Facts } from './facts.ts';
import type { Transactions } from './transactions.ts';

export function createFacts(rows: Facts, transactions: Transactions): Facts {
  return {
    read: rows.read,
    write: (name, value, durability) => {
      transactions.write(() => {
        rows.write(name, value);
      }, durability);
    },
  };
}
