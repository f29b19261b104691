/** A name keeps its own direction among words of another. */
export const isolated = (name: string) => `\u2068${name}\u2069`
