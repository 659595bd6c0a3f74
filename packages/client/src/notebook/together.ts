/** Entities that are changed in one transaction; more than that go before, as many at a time. // STO-14, STO-51 */
export const togetherMax = 1_000;
