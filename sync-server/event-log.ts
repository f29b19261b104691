/** What a log line may say. Ids are cut here whatever the caller passes: a full one never gets out (invariant 17). */
export type EventFields = Readonly<Record<string, string | number | boolean | undefined>>

export type EventLog = (event: string, fields?: EventFields) => void

/** What broke off, and in which part. */
export type ErrorLog = (where: string, error: unknown, fields?: EventFields) => void

const ID_DIGITS_SHOWN = 6

/** Lines of JSON. `write` gets each without a line end. */
export function createEventLog(write: (line: string) => void, now: () => number): EventLog {
  return (event, fields = {}) => {
    const shown = Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? cutIds(value) : value,
    ])
    write(JSON.stringify({ time: new Date(now()).toISOString(), event, ...Object.fromEntries(shown) }))
  }
}

export function errorLog(log: EventLog): ErrorLog {
  return (where, error, fields = {}) =>
    log('error', { where, ...fields, message: error instanceof Error ? error.message : 'unknown' })
}

/** Anything that looks like the start of an id, token or key keeps its first digits only. */
export function cutIds(text: string): string {
  return text.replace(/[0-9a-f]{12,}/gi, id => `${id.slice(0, ID_DIGITS_SHOWN)}…`)
}
