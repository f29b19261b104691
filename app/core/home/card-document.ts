import { type Instant, instant } from '#schema/instant.ts'
import { type CardChange, type CardChoices, NONE_KNOWN, type NoneKnown } from '../card-session.ts'

/** The home log's shard of what is on the emergency card: no words of the record, only which of it, and days. */
export const CARD_SHARD = 'emergency-card'

/** Each choice is a field of its own, so that two devices' changes of different ones unite. */
export type CardDocument = Record<string, number>

const ITEM = 'item '
const NONE = 'none '
const CHECKED = 'checkedAt'
const TOUCHED = 'touchedAt'
/** An entry's id, or what a part or one of several lines of an entry is called. */
const KEY = /^[\w.~:-]{1,100}$/

const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0

export function readCardChoices(doc: Readonly<Record<string, unknown>>): CardChoices {
  const items = Object.entries(doc).flatMap(([name, value]) => {
    const key = name.startsWith(ITEM) ? name.slice(ITEM.length) : ''
    return KEY.test(key) && typeof value === 'number' ? [[key, value === 1] as const] : []
  })
  const none = NONE_KNOWN.flatMap((of): (readonly [NoneKnown, Instant])[] => {
    const at = doc[`${NONE}${of}`]
    return isTime(at) ? [[of, instant(at)]] : []
  })
  const { [CHECKED]: checked, [TOUCHED]: touched } = doc
  return {
    items: Object.fromEntries(items),
    noneKnownAt: Object.fromEntries(none),
    ...(isTime(checked) && { checkedAt: instant(checked) }),
    ...(isTime(touched) && { touchedAt: instant(touched) }),
  }
}

export function isCardChange(change: CardChange): boolean {
  return change.kind !== 'item' || KEY.test(change.key)
}

export function writeCardChange(doc: CardDocument, change: CardChange, now: Instant): void {
  doc[TOUCHED] = now
  if (change.kind === 'item') doc[`${ITEM}${change.key}`] = Number(change.isOn)
  else if (change.kind === 'checked') doc[CHECKED] = now
  else if (change.kind === 'none-known') doc[`${NONE}${change.of}`] = change.isKnown ? now : 0
}
