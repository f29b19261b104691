import { isolated } from './isolated.ts'

/**
 * The formatters of the Intl library, each made once: making one costs 50 times what using it does, and a timeline in
 * flight formats hundreds of values a second. None of them depends on the device's time zone, which may change.
 */
const made = new Map<string, unknown>()

function once<Made>(kind: string, locale: string, options: object, make: () => Made): Made {
  const key = `${kind} ${locale} ${JSON.stringify(options)}`
  const known = made.get(key) as Made | undefined
  if (known !== undefined) return known
  const fresh = make()
  made.set(key, fresh)
  return fresh
}

export function numberFormat(locale: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  return once('number', locale, options, () => new Intl.NumberFormat(locale, options))
}

/** Dates and times as they are written, of no zone: read as UTC. */
export function utcFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return once('date', locale, options, () => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }))
}

export function pluralRules(locale: string): Intl.PluralRules {
  return once('plural', locale, {}, () => new Intl.PluralRules(locale))
}

/** Letters that run the other way than those of the locale. */
const otherWay = (locale: string) =>
  locale.startsWith('ar') ? /\p{Script=Latin}/u : /[\p{Script=Arabic}\p{Script=Hebrew}]/u

/**
 * All of them, joined the locale's way. Several that run the other way each keep their own direction; Arabic writes its "and" onto the
 * next word, where it would run into Latin letters: there a space stands between.
 */
export function listText(locale: string, items: readonly string[]): string {
  if (items.length < 2) return items.join('')
  const isOther = (text: string) => otherWay(locale).test(text)
  const parts = once('list', locale, {}, () => new Intl.ListFormat(locale, { type: 'conjunction' })).formatToParts(
    items,
  )
  return parts
    .map(({ type, value }, index) => {
      if (type === 'element') return isOther(value) ? isolated(value) : value
      return isOther(parts[index + 1]?.value ?? '') && !/\s$/.test(value) ? `${value}\u00a0` : value
    })
    .join('')
}
