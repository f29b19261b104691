import type { RequestDetail, ShownStep } from '#app/core/request-session.ts'
import { type PlainKey, t } from '../../language/language.ts'
import { placeLines, timeWords } from '../../record/plan/appointment-words.ts'

export interface Said {
  readonly label?: string
  readonly text: string
}

/** What was written, in the order in which it was asked for; with a name where two texts of a step could be taken for one another. */
const TEXTS: readonly (readonly [name: string, label?: PlainKey])[] = [
  ['where'],
  ['wish'],
  ['pharmacy'],
  ['why'],
  ['wishes', 'appointment.wishes.said'],
  ['wrong', 'correction.wrong'],
  ['shouldSay', 'correction.shouldSay'],
  ['question'],
  ['answer'],
  ['words'],
  ['instead'],
  ['note'],
  ['reason', 'request.reason'],
]

const ROUTES = ['sent', 'phoned', 'posted', 'to-collect'] as const

/** What was said with a step. */
export function saidIn(step: ShownStep, { history }: Pick<RequestDetail, 'history'>): readonly Said[] {
  const { data } = step
  const route = ROUTES.find(one => one === data['route'])
  const { amount, unit, total } = data
  const lines = [
    ...(route === undefined ? [] : [t(`refill.route.${route}`)]),
    ...(typeof amount === 'number' && typeof unit === 'string' ? [`${amount} ${unit}`] : []),
    ...(typeof total === 'number' ? [t('questionnaire.total', { total })] : []),
    ...timesIn(step, history),
    ...placeLines(data),
    ...textsIn(data['lines']),
  ]
  const texts = TEXTS.flatMap(([name, label]): Said[] => {
    const text = data[name]
    if (typeof text !== 'string' || text === '') return []
    return [label === undefined ? { text } : { label: t(label), text }]
  })
  return [...lines.map(text => ({ text })), ...texts]
}

/** The times that a step offers, picks or says. */
function timesIn({ id, data }: ShownStep, history: readonly ShownStep[]): readonly string[] {
  const { slots, slot, startsAt, minutes } = data
  if (Array.isArray(slots)) return (slots as readonly Slot[]).map(timeWords)
  if (typeof startsAt === 'string') return [timeWords({ startsAt, ...(typeof minutes === 'number' && { minutes }) })]
  if (typeof slot !== 'number') return []
  const picked = slotsBefore(history, id)[slot]
  return picked === undefined ? [] : [timeWords(picked)]
}

interface Slot {
  readonly startsAt: string
  readonly minutes?: number
}

/** The times that were asked for or offered last, before a step, or until now. */
export function slotsBefore(history: readonly ShownStep[], stepId?: string): readonly Slot[] {
  const end = history.findIndex(({ id }) => id === stepId)
  const offers = history
    .slice(0, end < 0 ? undefined : end)
    .filter(({ data, standing }) => Array.isArray(data['slots']) && standing === 'counts')
  return (offers.at(-1)?.data['slots'] ?? []) as readonly Slot[]
}

export function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(one => typeof one === 'string') : []
}
