import type { HandOverRequest } from '#app/core/kept-session.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { Section } from '#schema/record/sections.ts'

/** What one guardian is to keep, as far as it is chosen. */
export interface TermDraft {
  readonly deviceId: string
  readonly name: string
  readonly role: 'read' | 'write'
  readonly sections: readonly Section[]
  /** The last day, as a date input holds it; empty: until whom the record is about stops it. */
  readonly lastDay: string
}

/** The day somebody born on `birthDate` is eighteen, as a date input holds it; empty when the day is not known or over. */
export function eighteenth(birthDate: string, today: string): string {
  const [, year, rest] = /^(\d{4})-(\d\d-\d\d)$/.exec(birthDate) ?? []
  if (year === undefined || rest === undefined) return ''
  const day = `${Number(year) + 18}-${rest === '02-29' ? '03-01' : rest}`
  return day > today ? day : ''
}

/** The first moment of that day by this device's clock; undefined for no day. */
export function startOf(date: string): Instant | undefined {
  const at = new Date(`${date}T00:00:00`).getTime()
  return Number.isNaN(at) ? undefined : instant(at)
}

/** Who is to keep nothing is left out. Plain copies: nothing of a form's own store gets through to the worker. */
export function termsOf(drafts: readonly TermDraft[]): HandOverRequest['terms'] {
  return drafts
    .filter(draft => draft.sections.length > 0)
    .map(({ deviceId, role, sections, lastDay }) => {
      const until = endOf(lastDay)
      return { deviceId, role, sections: [...sections], ...(until === undefined ? {} : { until }) }
    })
}

/** The first moment after that day by this device's clock; undefined for no day. */
export function endOf(date: string): Instant | undefined {
  const end = new Date(`${date}T00:00:00`)
  end.setDate(end.getDate() + 1)
  return Number.isNaN(end.getTime()) ? undefined : instant(end.getTime())
}

/** Somebody would keep something only until a day before they can. */
export function endsBefore(drafts: readonly TermDraft[], day: string): boolean {
  return drafts.some(({ sections, lastDay }) => sections.length > 0 && lastDay !== '' && lastDay < day)
}
