import type { ByteReader } from '../bytes.ts'

/**
 * A number as a health device sends it (IEEE 11073-20601): a decimal fraction, or why there is none. `no-number` NaN, `no-resolution` not
 * at this resolution, `too-high` and `too-low` beyond what it can measure.
 */
export type DeviceNumber =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'no-number' | 'no-resolution' | 'too-high' | 'too-low' | 'reserved' }

/** Bluetooth sends the low byte first. */
export const u16le = (read: ByteReader): number => read.u8() + read.u8() * 0x100
export const u24le = (read: ByteReader): number => u16le(read) + read.u8() * 0x1_0000
const u32le = (read: ByteReader): number => u16le(read) + u16le(read) * 0x1_0000

const signed = (value: number, bits: number) => (value >= 2 ** (bits - 1) ? value - 2 ** bits : value)

export const s16le = (read: ByteReader): number => signed(u16le(read), 16)

const SPECIAL_16: ReadonlyMap<number, Exclude<DeviceNumber['kind'], 'number'>> = new Map([
  [0x07ff, 'no-number'],
  [0x0800, 'no-resolution'],
  [0x07fe, 'too-high'],
  [0x0802, 'too-low'],
  [0x0801, 'reserved'],
])

const SPECIAL_32: ReadonlyMap<number, Exclude<DeviceNumber['kind'], 'number'>> = new Map([
  [0x007fffff, 'no-number'],
  [0x00800000, 'no-resolution'],
  [0x007ffffe, 'too-high'],
  [0x00800002, 'too-low'],
  [0x00800001, 'reserved'],
])

/** Through text, so that 36.6 is 36.6 and not what two powers come to. */
const decimal = (mantissa: number, exponent: number) => Number(`${mantissa}e${exponent}`)

/** SFLOAT: four bits of exponent, twelve of mantissa. */
export function sfloat(read: ByteReader): DeviceNumber {
  const raw = u16le(read)
  const mantissa = raw & 0x0fff
  const special = SPECIAL_16.get(mantissa)
  if (special !== undefined && raw >> 12 === 0) return { kind: special }
  return { kind: 'number', value: decimal(signed(mantissa, 12), signed(raw >> 12, 4)) }
}

/** FLOAT: eight bits of exponent, 24 of mantissa. */
export function float(read: ByteReader): DeviceNumber {
  const raw = u32le(read)
  const special = SPECIAL_32.get(raw)
  if (special !== undefined) return { kind: special }
  const mantissa = raw % 0x100_0000
  return { kind: 'number', value: decimal(signed(mantissa, 24), signed(Math.floor(raw / 0x100_0000), 8)) }
}

/** When by the device's own clock, which knows no zone. Undefined where the year, month or day is unknown or there is no such day. */
export interface DeviceTime {
  /** `2026-03-04`. */
  readonly date: string
  /** `08:30:00`. */
  readonly time: string
}

const two = (value: number) => String(value).padStart(2, '0')

/** Org.bluetooth.characteristic.date_time: a year, month or day of 0 is unknown. */
export function dateTime(read: ByteReader): DeviceTime | undefined {
  const [year, month, day] = [u16le(read), read.u8(), read.u8()]
  const [hours, minutes, seconds] = [read.u8(), read.u8(), read.u8()]
  const date = new Date(Date.UTC(year, month - 1, day))
  const isDay = year >= 1582 && year <= 9999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  if (!isDay || month === 0 || day === 0 || hours > 23 || minutes > 59 || seconds > 59) return undefined
  return { date: `${year}-${two(month)}-${two(day)}`, time: `${two(hours)}:${two(minutes)}:${two(seconds)}` }
}

/** So many minutes later; undefined where that leads out of the calendar. */
export function later({ date, time }: DeviceTime, minutes: number): DeviceTime | undefined {
  const moved = new Date(Date.parse(`${date}T${time}Z`) + minutes * 60_000)
  const text = Number.isNaN(moved.getTime()) ? '' : moved.toISOString()
  return /^\d{4}-/.test(text) ? { date: text.slice(0, 10), time: text.slice(11, 19) } : undefined
}

/** The names of the bits that are set, from the lowest on; those that have no name are left out. */
export function flagsIn<Name extends string>(bits: number, names: readonly (Name | undefined)[]): readonly Name[] {
  return names.flatMap((name, bit) => (name !== undefined && Math.floor(bits / 2 ** bit) % 2 === 1 ? [name] : []))
}
