import { utf8 } from '#schema/bytes.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { JsonObject } from '#schema/record/fhir/json.ts'
import { dateTimeText } from '#schema/record/when.ts'
import type { Seeded } from './seeded.ts'

const DAY_MS = 86_400_000
export const YEAR_MS = 365.25 * DAY_MS

/** Says of every resource that no real person is meant. */
const TEST_DATA = {
  security: [
    { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST', display: 'test health data' },
  ],
} as const

export const coded = (system: string, code: string, display: string): JsonObject => ({
  coding: [{ system, code, display }],
  text: display,
})

export const named = (text: string): JsonObject => ({ text })

/** Collects the resources of a made-up clinic's record, each with an address of its own. */
export class Clinic {
  readonly random: Seeded
  readonly #now: Instant
  readonly entries: { readonly fullUrl: string; readonly resource: JsonObject }[] = []

  constructor(random: Seeded, now: Instant) {
    this.random = random
    this.#now = now
  }

  /** Adds one and answers how others refer to it. */
  add(resourceType: string, members: JsonObject): { readonly reference: string } {
    const id = this.random.uuid()
    const reference = `urn:uuid:${id}`
    this.entries.push({ fullUrl: reference, resource: { resourceType, id, meta: TEST_DATA, ...members } })
    return { reference }
  }

  /** A time in clinic hours on a weekday, so many years ago. */
  time(yearsAgo: number): string {
    const at = new Date(this.#now - yearsAgo * YEAR_MS)
    const weekend = at.getUTCDay() === 0 ? 2 : at.getUTCDay() === 6 ? 3 : 0
    const minutes = 8 * 60 + 5 * Math.floor(this.random.next() * 100)
    const day = Math.floor(at.getTime() / DAY_MS) - weekend
    return dateTimeText(instant(day * DAY_MS + minutes * 60_000), 0)
  }

  date(yearsAgo: number): string {
    return this.time(yearsAgo).slice(0, 10)
  }
}

export function quantity(value: number, unit: string, code: string): JsonObject {
  return { value, unit, system: SYSTEMS.ucum, code }
}

/** A short text as an attachment. */
export function textAttachment(title: string, creation: string, text: string): JsonObject {
  const data = btoa(String.fromCharCode(...utf8(text)))
  return { contentType: 'text/plain; charset=utf-8', data, title, creation }
}
