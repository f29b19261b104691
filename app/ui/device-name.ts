import { t } from './language/language.ts'

/** What to call this device until the person gives it a name: its make when the browser tells, else its kind. */
export function guessDeviceName(userAgent = navigator.userAgent): string {
  if (/iPhone/.test(userAgent)) return 'iPhone'
  if (/iPad/.test(userAgent)) return 'iPad'
  if (/Android/.test(userAgent)) return /Mobile/.test(userAgent) ? t('devices.guess.phone') : t('devices.guess.tablet')
  if (/Macintosh/.test(userAgent)) return 'Mac'
  return t('devices.guess.computer')
}
