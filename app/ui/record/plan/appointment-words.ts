import type { AppointmentTime } from '#app/core/requests/appointment-time.ts'
import { MEETING_WAYS } from '#schema/requests/appointment.ts'
import { language, t } from '../../language/language.ts'
import { formatWhen } from '../format-when.ts'

/** Day, hour and length, as where it takes place. */
export function timeWords({ startsAt, minutes }: Pick<AppointmentTime, 'startsAt' | 'minutes'>): string {
  const when = formatWhen({ text: startsAt }, language(), 'weekday')
  return minutes === undefined ? when : `${when} · ${t('appointment.minutesShort', { minutes })}`
}

/** How, where and with whom, in a line each. */
export function placeLines({ way, place, withWhom }: Readonly<Record<string, unknown>>): readonly string[] {
  const known = MEETING_WAYS.find(one => one === way)
  const words = [place, withWhom].flatMap(one => (typeof one === 'string' && one !== '' ? [one] : []))
  return known === undefined ? words : [t(`appointment.way.${known}`), ...words]
}
