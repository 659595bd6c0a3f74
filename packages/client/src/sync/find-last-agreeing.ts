/**
 * The last rank that agrees, by bisection; −1 where none does. Whatever agrees, all before it must agree:
 * two logs that have the same chain somewhere are the same up to there. // HEAL-2
 *
 * @param ranks how many there are, from 0
 * @param agrees asked at most ⌈log₂(ranks + 1)⌉ times
 */
export async function findLastAgreeing(
  ranks: number,
  agrees: (rank: number) => Promise<boolean>,
): Promise<number> {
  let agreeing = -1;
  let differing = ranks;
  while (differing - agreeing > 1) {
    const middle = Math.floor((agreeing + differing) / 2);
    if (await agrees(middle)) agreeing = middle;
    else differing = middle;
  }
  return agreeing;
}
