type Parts = Readonly<Record<string, unknown>>

/**
 * A newer answer, with each part that is as it was before taken from the answer before: what comes from the worker is made anew each
 * time, and a list on screen keeps its rows, with the focus, by what they are of. Things of a list are the same by `id` or `key`, else by
 * place. The answer as a whole is always another one, so that whoever waits for it hears that it came. Plain data.
 */
export function keepAlike<Value>(before: unknown, next: Value): Value {
  if (Array.isArray(next)) return (Array.isArray(before) ? sharedList(before, next) : next) as Value
  return isParts(before) && isParts(next) ? (sharedParts(before, next) as Value) : next
}

function shared(before: unknown, next: unknown): unknown {
  if (before === next) return before
  const kept = keepAlike(before, next)
  if (Array.isArray(kept)) return isSameList(before, kept) ? before : kept
  return isParts(before) && isParts(kept) && isSameParts(before, kept) ? before : kept
}

function sharedList(before: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const named = new Map(before.map((item, place) => [nameOf(item, place), item]))
  return next.map((item, place) => shared(named.get(nameOf(item, place)), item))
}

const sharedParts = (before: Parts, next: Parts): Parts =>
  Object.fromEntries(Object.entries(next).map(([name, part]) => [name, shared(before[name], part)]))

const nameOf = (item: unknown, place: number) => (isParts(item) ? (item['id'] ?? item['key']) : undefined) ?? place

const isSameList = (before: unknown, next: readonly unknown[]) =>
  Array.isArray(before) && before.length === next.length && next.every((item, place) => item === before[place])

function isSameParts(before: Parts, next: Parts): boolean {
  const names = Object.keys(next)
  return names.length === Object.keys(before).length && names.every(name => next[name] === before[name])
}

const isParts = (value: unknown): value is Parts =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
