/** Notes deleted in one transaction together with their space; more than that go before, as many at a time. // STO-14 */
export const removedTogetherMax = 1_000;
