import type { Day, Rhythm } from '#schema/tasks/rhythm.ts'
import { formatList } from '../../language/format.ts'
import { language, t } from '../../language/language.ts'
import { formatWhen } from '../format-when.ts'
import { clockWords, weekdayWords } from '../medicines/schedule-words.ts'

export const dayWords = (day: Day): string => formatWhen({ text: day }, language())

/** “every Monday and Thursday, at 8:00, from 4 March 2026”. Reactive. */
export function rhythmWords(rhythm: Rhythm): string {
  const { from, time, until, repeat } = rhythm
  const parts = [
    repeatWords(rhythm),
    ...(time === undefined ? [] : [t('rhythm.time', { time: clockWords(time) })]),
    ...(repeat.type === 'once' ? [] : [t('plan.from', { date: dayWords(from) })]),
    ...(until === undefined ? [] : [t('plan.until', { date: dayWords(until) })]),
  ]
  return parts.reduce((first, second) => t('plan.join', { first, second }))
}

function repeatWords({ from, repeat }: Rhythm): string {
  switch (repeat.type) {
    case 'once':
      return t('rhythm.once', { date: dayWords(from) })
    case 'days':
      return t('rhythm.days', { count: repeat.every })
    case 'weekdays':
      return t('rhythm.weekdays', { days: formatList(repeat.weekdays.map(day => weekdayWords(day))) })
    case 'monthly':
      return t('rhythm.monthly', { count: Number(from.slice(8)) })
  }
}
