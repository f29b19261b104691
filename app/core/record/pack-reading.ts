import { type ByteReader, ByteWriter, decodeAll } from '#schema/bytes.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { BloodPressureFields, WeightFields } from '#schema/record/entry.ts'

export type ReadingFields = BloodPressureFields | WeightFields

/** Every field of a reading. */
export const READING_FIELDS: readonly string[] = [
  'takenAt',
  'systolicMmHg',
  'diastolicMmHg',
  'pulsePerMinute',
  'arm',
  'posture',
  'medicine',
  'weightKg',
  'note',
]

/** Where in time a packed reading lies: its shard, its bucket, the first three characters of its key. */
interface ReadingTime {
  readonly year: string
  readonly month: string
  /** Minute of the month by the clock on the wall, base 36, three characters. */
  readonly minute: string
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?(.*)$/
const ZONE = /^([+-])(\d\d):(\d\d)$/

const HAS_PULSE = 1
const ARM_SHIFT = 1
const POSTURE_SHIFT = 3
const HAS_SECONDS = 32
/** The time's text stands behind, as it can't be said in the short form. */
const HAS_TEXT = 64
/** Values stand as 64-bit floats, as they can't be said in whole steps. */
const HAS_FLOATS = 128
const UTC = 127

const MINUTE_MS = 60_000

const ARMS = [undefined, 'left', 'right'] as const
/** Stands behind the values where it is said. */
const MEDICINES = [undefined, 'before', 'after'] as const
const POSTURES = [undefined, 'sitting', 'standing', 'lying'] as const

/** Throws for what is not a date with a time: fields are checked before. */
export function timeOf(takenAt: string): ReadingTime {
  const [, year = '', month = '', day, hour, minute] = TIME.exec(takenAt) ?? []
  if (year === '') throw new TypeError('Cannot pack a reading: its time has another form')
  const minutes = (Number(day) - 1) * 1440 + Number(hour) * 60 + Number(minute)
  return { year, month, minute: minutes.toString(36).padStart(3, '0') }
}

/** The zone in quarter hours; undefined when it is none of those. */
function quartersOf(zone: string): number | undefined {
  if (zone === 'Z') return UTC
  const [, sign, hours, minutes] = ZONE.exec(zone) ?? []
  const total = Number(hours) * 4 + Number(minutes) / 15
  if (!Number.isInteger(total) || total > 4 * 14 || (sign === '-' && total === 0)) return undefined
  return sign === '-' ? -total : total
}

function zoneText(quarters: number): string {
  if (quarters === UTC) return 'Z'
  const size = Math.abs(quarters)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${quarters < 0 ? '-' : '+'}${two(Math.floor(size / 4))}:${two((size % 4) * 15)}`
}

const isByte = (value: number) => Number.isInteger(value) && value >= 0 && value <= 0xff
const isShort = (value: number) => Number.isInteger(value) && value >= 0 && value <= 0xfff
const gramsOf = (kg: number) => Math.round(kg * 1000)
const isWholeGrams = (kg: number) => gramsOf(kg) >= 0 && gramsOf(kg) < 0x1000000 && gramsOf(kg) / 1000 === kg

function needsFloats(fields: ReadingFields): boolean {
  if (fields.kind === 'weight') return !isWholeGrams(fields.weightKg)
  return !isShort(fields.systolicMmHg) || !isShort(fields.diastolicMmHg) || !isByte(fields.pulsePerMinute ?? 0)
}

function flagsOf(fields: ReadingFields): number {
  const floats = needsFloats(fields) ? HAS_FLOATS : 0
  if (fields.kind === 'weight') return floats
  const arm = ARMS.indexOf(fields.arm) << ARM_SHIFT
  const posture = POSTURES.indexOf(fields.posture) << POSTURE_SHIFT
  return floats | arm | posture | (fields.pulsePerMinute === undefined ? 0 : HAS_PULSE)
}

/**
 * The values of a reading and what its key doesn't say of its time; the note stands elsewhere. When it was written down, to
 * the minute, is only kept where it isn't about when it was taken.
 */
export function packReading(fields: ReadingFields, addedAt?: Instant): Uint8Array<ArrayBuffer> {
  const [, , , , , , seconds, zone = ''] = TIME.exec(fields.takenAt) ?? []
  const quarters = quartersOf(zone)
  const isShortTime = seconds !== undefined && quarters !== undefined
  const timeFlag = isShortTime ? (seconds === '00' ? 0 : HAS_SECONDS) : HAS_TEXT
  const flags = flagsOf(fields) | timeFlag
  const writer = new ByteWriter().u8(flags)
  if (isShortTime) writer.u8(quarters & 0xff)
  if (isShortTime && seconds !== '00') writer.u8(Number(seconds))
  writeValues(writer, fields, (flags & HAS_FLOATS) !== 0)
  if (!isShortTime) writer.text(fields.takenAt)
  if (fields.kind === 'blood-pressure' && fields.medicine !== undefined) writer.u8(MEDICINES.indexOf(fields.medicine))
  if (addedAt !== undefined) writer.u32(Math.floor(addedAt / MINUTE_MS))
  return writer.done()
}

function writeFloat(writer: ByteWriter, value: number): void {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value)
  writer.bytes(bytes)
}

function writeValues(writer: ByteWriter, fields: ReadingFields, isFloats: boolean): void {
  if (fields.kind === 'weight') {
    if (isFloats) writeFloat(writer, fields.weightKg)
    else writer.u8(gramsOf(fields.weightKg) >> 16).u16(gramsOf(fields.weightKg) & 0xffff)
    return
  }
  const { systolicMmHg: upper, diastolicMmHg: lower, pulsePerMinute: pulse } = fields
  if (isFloats) {
    for (const value of pulse === undefined ? [upper, lower] : [upper, lower, pulse]) writeFloat(writer, value)
    return
  }
  writer
    .u8(upper >> 4)
    .u8(((upper & 0xf) << 4) | (lower >> 8))
    .u8(lower & 0xff)
  if (pulse !== undefined) writer.u8(pulse)
}

function readFloat(reader: ByteReader): number {
  const bytes = reader.bytes(8)
  return new DataView(bytes.buffer).getFloat64(0)
}

/** The time as it was written; undefined when key and bytes say none. */
function readTime(time: ReadingTime, flags: number, reader: ByteReader): string {
  const quarters = (reader.u8() << 24) >> 24
  const seconds = flags & HAS_SECONDS ? reader.u8() : 0
  const minutes = Number.parseInt(time.minute, 36)
  if (Number.isNaN(minutes) || (quarters !== UTC && Math.abs(quarters) > 56)) return reader.stop('bad-value')
  const two = (value: number) => String(value).padStart(2, '0')
  const day = Math.floor(minutes / 1440) + 1
  const clock = `${two(Math.floor((minutes % 1440) / 60))}:${two(minutes % 60)}:${two(seconds)}`
  return `${time.year}-${time.month}-${two(day)}T${clock}${zoneText(quarters)}`
}

function readBloodPressure(reader: ByteReader, flags: number): Omit<BloodPressureFields, 'takenAt'> {
  const isFloats = (flags & HAS_FLOATS) !== 0
  const hasPulse = (flags & HAS_PULSE) !== 0
  const [a, b, c] = isFloats ? [0, 0, 0] : [reader.u8(), reader.u8(), reader.u8()]
  const systolicMmHg = isFloats ? readFloat(reader) : (a << 4) | (b >> 4)
  const diastolicMmHg = isFloats ? readFloat(reader) : ((b & 0xf) << 8) | c
  const pulsePerMinute = hasPulse ? (isFloats ? readFloat(reader) : reader.u8()) : undefined
  const arm = ARMS[(flags >> ARM_SHIFT) & 3]
  const posture = POSTURES[(flags >> POSTURE_SHIFT) & 3]
  return {
    kind: 'blood-pressure',
    systolicMmHg,
    diastolicMmHg,
    ...(pulsePerMinute === undefined ? {} : { pulsePerMinute }),
    ...(arm === undefined ? {} : { arm }),
    ...(posture === undefined ? {} : { posture }),
  }
}

export interface UnpackedReading {
  readonly fields: ReadingFields
  readonly addedAt?: Instant
}

/** What `packReading` was given, less the note. Undefined for bytes it never makes. */
export function unpackReading(
  measure: ReadingFields['kind'],
  time: ReadingTime,
  bytes: Uint8Array,
): UnpackedReading | undefined {
  const decoded = decodeAll(bytes, reader => {
    const flags = reader.u8()
    const short = flags & HAS_TEXT ? undefined : readTime(time, flags, reader)
    const values = measure === 'weight' ? readWeight(reader, flags) : readBloodPressure(reader, flags)
    const takenAt = short ?? reader.text()
    const medicine = reader.left % 4 === 1 && values.kind === 'blood-pressure' ? MEDICINES[reader.u8()] : undefined
    const fields = { ...values, takenAt, ...(medicine === undefined ? {} : { medicine }) }
    return reader.left === 0 ? { fields } : { fields, addedAt: instant(reader.u32() * MINUTE_MS) }
  })
  return decoded.ok ? decoded.value : undefined
}

function readWeight(reader: ByteReader, flags: number): Omit<WeightFields, 'takenAt'> {
  const weightKg = flags & HAS_FLOATS ? readFloat(reader) : ((reader.u8() << 16) | reader.u16()) / 1000
  return { kind: 'weight', weightKg }
}
