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
