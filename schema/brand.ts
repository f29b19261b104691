declare const brand: unique symbol

/** A `Base` that only its parser makes, so that one id can't stand where another belongs. */
export type Branded<Base, Name extends string> = Base & { readonly [brand]: Name }
