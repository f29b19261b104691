import { fail } from '#schema/result.ts'
import { parseWhen } from '#schema/record/when.ts'
import { attributeOf, childAt, type XmlElement } from '../xml/xml-element.ts'

/** HL7 V3 TS: `YYYYMMDDHHMMSS.UUUU[+|-ZZzz]`, as exact as known. */
const FORM = /^(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:\.(\d{1,9}))?)?)?)?)?)?([+-]\d{1,4}|Z)?$/
/** Some programs write ISO 8601 instead. */
const ISO = /^\d{4}-\d\d(?:-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)?$/

/** When something held, each end as a FHIR dateTime. */
export interface Span {
  readonly start?: string
  readonly end?: string
  /** It ended, nobody says when. */
  readonly hasEnded?: true
}

/**
 * CDA's dates as FHIR's, no more exact than they were written, in their own zone. A time without a zone gets the document's
 * own, as FHIR has none without; where the document names none either, the day is kept and the time left to the original.
 */
export class Dates {
  readonly #zone: string | undefined
  /** The same few days stand all over a document. */
  readonly #known = new Map<string, ReturnType<typeof parseWhen>>()
  /** Dates met that no calendar has. */
  impossibleCount = 0

  constructor(documentTime: string | undefined) {
    const zone = FORM.exec(documentTime ?? '')?.[8]
    this.#zone = zone === undefined ? undefined : zoneText(zone)
  }

  /** A FHIR dateTime; undefined where `value` is no date or one that no calendar has. */
  dateTime(value: string | undefined): string | undefined {
    if (value === undefined) return undefined
    let read = this.#known.get(value)
    if (read === undefined) {
      const text = ISO.test(value) ? this.#fromIso(value) : this.#fromHl7(value)
      read = text === undefined ? fail('not-a-date') : parseWhen(text)
      this.#known.set(value, read)
    }
    if (read.ok) return read.value.text
    if (read.failure === 'impossible-date') this.impossibleCount += 1
    return undefined
  }

  date(value: string | undefined): string | undefined {
    return this.dateTime(value)?.slice(0, 10)
  }

  /** A FHIR instant: undefined where the time is not known to the second. */
  instant(value: string | undefined): string | undefined {
    const text = this.dateTime(value)
    return text?.includes('T') === true ? text : undefined
  }

  #fromHl7(value: string): string | undefined {
    const parts = FORM.exec(value.replace(/\s/g, ''))
    if (parts === null) return undefined
    const [, year, month, day, hour, minute = '00', second = '00', fraction, zone] = parts
    const date = [year, month, day].filter(part => part !== undefined).join('-')
    const ownZone = zone === undefined ? this.#zone : zoneText(zone)
    if (hour === undefined || ownZone === undefined) return date
    return `${date}T${hour}:${minute}:${second}${fraction === undefined ? '' : `.${fraction}`}${ownZone}`
  }

  #fromIso(value: string): string | undefined {
    const [date = '', time] = value.split('T')
    if (time === undefined) return date
    const [, clock = '', zone] = /^([\d:.]+)(Z|[+-]\d\d:?\d\d)?$/.exec(time) ?? []
    const ownZone = zone === undefined ? this.#zone : zoneText(zone)
    return ownZone === undefined ? date : `${date}T${clock.length === 5 ? `${clock}:00` : clock}${ownZone}`
  }

  /** The value itself, else the start of an interval, its middle or its end: the one time of something. */
  at(element: XmlElement | undefined): string | undefined {
    return (
      this.dateTime(attributeOf(element, 'value')) ??
      this.dateTime(attributeOf(childAt(element, 'low'), 'value')) ??
      this.dateTime(attributeOf(childAt(element, 'center'), 'value')) ??
      this.dateTime(attributeOf(childAt(element, 'high'), 'value'))
    )
  }

  /** An interval, or a single time as its start. */
  span(element: XmlElement | undefined): Span | undefined {
    const start = this.dateTime(
      attributeOf(element, 'value') ??
        attributeOf(childAt(element, 'low'), 'value') ??
        attributeOf(childAt(element, 'center'), 'value'),
    )
    const high = childAt(element, 'high')
    const end = this.dateTime(attributeOf(high, 'value'))
    const hasEnded = end === undefined && attributeOf(high, 'nullFlavor') === 'UNK'
    if (start === undefined && end === undefined && !hasEnded) return undefined
    return {
      ...(start === undefined ? {} : { start }),
      ...(end === undefined || isBefore(end, start) ? {} : { end }),
      ...(hasEnded ? { hasEnded } : {}),
    }
  }
}

/** `-0500`, `-05:00`, `-5` → `-05:00`. */
function zoneText(zone: string): string {
  if (zone === 'Z') return zone
  const digits = zone.slice(1).replace(':', '')
  const [hours, minutes] = digits.length <= 2 ? [digits, '00'] : [digits.slice(0, -2), digits.slice(-2)]
  return `${zone.slice(0, 1)}${hours.padStart(2, '0')}:${minutes}`
}

/** FHIR refuses a period that ends before it starts; such an end stays in the original only. */
function isBefore(end: string, start: string | undefined): boolean {
  const length = Math.min(end.length, start?.length ?? 0, '2021-03-04'.length)
  return start !== undefined && end.slice(0, length) < start.slice(0, length)
}

export function periodOf(span: Span | undefined) {
  return span === undefined ? undefined : { start: span.start, end: span.end }
}
