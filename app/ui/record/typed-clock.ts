import { asciiDigits } from './typed-number.ts'

/** A time of day as people type it: `8:30`, `830`, `08.30`, `8`, in any digits; as `08:30`. Undefined for what is none. */
export function parseClock(text: string): string | undefined {
  const [, hour = '', minute = '00'] = /^(\d{1,2}?)(?:\s?[:.：٫h]?\s?(\d\d))?$/.exec(asciiDigits(text).trim()) ?? []
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) return undefined
  return `${hour.padStart(2, '0')}:${minute}`
}
