import type { SettingsDocument } from './person-document.ts'

/** Each is a field of its own, so that what two devices showed unites. */
const PREFIX = 'shown '
const NAME = /^\d{4}-\d\d-\d\d [\w/-]{0,100} [0-9a-z.~-]{1,80}$/
/** More are new at a time in no record; the names begin with days, and the oldest go first. */
const MAX_SHOWN = 500

export function readShown(doc: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(doc)
    .flatMap(name => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : []))
    .filter(name => NAME.test(name))
    .toSorted()
}

export const areShown = (names: readonly string[]): boolean =>
  names.length <= MAX_SHOWN && names.every(name => NAME.test(name))

/** Those that are not in `names` are forgotten. */
export function writeShown(doc: SettingsDocument, names: readonly string[]): void {
  const wanted = new Set(names)
  for (const name of readShown(doc)) if (!wanted.has(name)) delete doc[`${PREFIX}${name}`]
  for (const name of wanted) doc[`${PREFIX}${name}`] ??= 1
}
