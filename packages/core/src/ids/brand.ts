declare const brand: unique symbol;

/** A `Base` that only a parser of its own can make, so that ids of different things do not mix. */
export type Branded<Base, Name extends string> = Base & {
  readonly [brand]: { readonly [Key in Name]: true };
};
