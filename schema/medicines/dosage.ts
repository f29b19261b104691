import { at, isObject, type JsonObject, objectsOf, textOf } from '../record/fhir/json.ts'
import { conceptText } from '../record/fhir/concept.ts'
import { checkSchedule, type Rhythm, type Schedule, type Step, WEEKDAYS } from './schedule.ts'

const MEAL_TEXT = { before: 'before meals', with: 'with meals', after: 'after meals' } as const satisfies Record<
  NonNullable<Step['meal']>,
  string
>

/** A schedule as FHIR Dosage (https://hl7.org/fhir/R4/dosage.html), a step each. Meals are words: FHIR has no code for them beside a time. */
export function dosagesOf({ unit, steps }: Schedule): readonly JsonObject[] {
  return steps.map(({ rhythm, dose, meal, from, until }, index) => ({
    sequence: index + 1,
    ...(meal === undefined ? {} : { additionalInstruction: [{ text: MEAL_TEXT[meal] }] }),
    ...timingOf(rhythm, from, until),
    ...(rhythm.type === 'as-needed' ? { asNeededBoolean: true } : {}),
    doseAndRate: [{ doseQuantity: { value: dose, unit } }],
    ...mostOf(rhythm, dose, unit),
  }))
}

function timingOf(rhythm: Rhythm, start: string | undefined, end: string | undefined): JsonObject {
  const period = { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) }
  const repeat = {
    ...(start === undefined && end === undefined ? {} : { boundsPeriod: period }),
    ...repeatOf(rhythm),
  }
  return Object.keys(repeat).length === 0 ? {} : { timing: { repeat } }
}

function repeatOf(rhythm: Rhythm): JsonObject {
  switch (rhythm.type) {
    case 'times': {
      const { times, weekdays, everyDays = 1 } = rhythm
      return {
        frequency: times.length,
        period: everyDays,
        periodUnit: 'd',
        ...(weekdays === undefined ? {} : { dayOfWeek: weekdays }),
        timeOfDay: times.map(time => `${time}:00`),
      }
    }
    case 'hours':
      return { frequency: 1, period: rhythm.hours, periodUnit: 'h', timeOfDay: [`${rhythm.first}:00`] }
    case 'as-needed':
      return rhythm.gapHours === undefined ? {} : { frequency: 1, period: rhythm.gapHours, periodUnit: 'h' }
  }
}

function mostOf(rhythm: Rhythm, dose: number, unit: string): JsonObject {
  if (rhythm.type !== 'as-needed' || rhythm.mostPerDay === undefined) return {}
  const numerator = { value: Number((rhythm.mostPerDay * dose).toPrecision(12)), unit }
  const denominator = { value: 24, unit: 'h', system: 'http://unitsofmeasure.org', code: 'h' }
  return { maxDosePerPeriod: { numerator, denominator } }
}

/**
 * The schedule that a source's Dosage says, as far as every part of it is certain: times of the day, days, how much. Undefined where it says
 * anything else ("twice a day" without times), as no time may be made up. Total.
 */
export function scheduleOfDosages(dosages: unknown): Schedule | undefined {
  const listed = objectsOf(dosages)
  const units = new Set(listed.map(dosage => textOf(at(doseQuantityOf(dosage), 'unit')) ?? ''))
  const [unit = ''] = units
  if (units.size !== 1) return undefined
  const checked = checkSchedule({ unit, steps: listed.map(stepOf) })
  return checked.ok ? checked.value : undefined
}

const doseQuantityOf = (dosage: JsonObject) => at(objectsOf(dosage['doseAndRate'])[0], 'doseQuantity')

function stepOf(dosage: JsonObject): unknown {
  const repeat = at(dosage, 'timing', 'repeat')
  const said = isObject(repeat) ? repeat : {}
  const dose = at(doseQuantityOf(dosage), 'value')
  const words = conceptText(dosage['additionalInstruction'])
  const meal = Object.entries(MEAL_TEXT).find(([, text]) => text === words)?.[0]
  const [from, until] = [at(said, 'boundsPeriod', 'start'), at(said, 'boundsPeriod', 'end')]
  return { rhythm: rhythmOf(dosage, said, dose), dose, meal, from, until }
}

/** What else a Timing can say changes when a dose is due. */
const PLAIN = new Set(['boundsPeriod', 'frequency', 'period', 'periodUnit', 'dayOfWeek', 'timeOfDay'])

function rhythmOf(dosage: JsonObject, repeat: JsonObject, dose: unknown): unknown {
  if (Object.keys(repeat).some(name => !PLAIN.has(name)) || dosage['asNeededCodeableConcept'] !== undefined)
    return undefined
  const { frequency, period, periodUnit, dayOfWeek, timeOfDay } = repeat
  const times = Array.isArray(timeOfDay) ? timeOfDay.map(time => textOf(time)?.slice(0, 5)) : undefined
  if (dosage['asNeededBoolean'] === true) {
    const hasGap = frequency === 1 && periodUnit === 'h' && times === undefined && dayOfWeek === undefined
    if (!hasGap && frequency !== undefined) return undefined
    return { type: 'as-needed', gapHours: hasGap ? period : undefined, mostPerDay: mostPerDayOf(dosage, dose) }
  }
  if (times === undefined) return undefined
  if (periodUnit === 'h') return times.length === 1 ? { type: 'hours', hours: period, first: times[0] } : undefined
  const isDaily = (periodUnit === 'd' || periodUnit === undefined) && (frequency ?? times.length) === times.length
  if (!isDaily) return undefined
  const weekdays = Array.isArray(dayOfWeek) ? WEEKDAYS.filter(day => dayOfWeek.includes(day)) : undefined
  return { type: 'times', times, weekdays, everyDays: period === undefined || period === 1 ? undefined : period }
}

function mostPerDayOf(dosage: JsonObject, dose: unknown): unknown {
  const most = dosage['maxDosePerPeriod']
  if (most === undefined) return undefined
  const [numerator, hours, unit] = [
    at(most, 'numerator', 'value'),
    at(most, 'denominator', 'value'),
    at(most, 'denominator', 'code') ?? at(most, 'denominator', 'unit'),
  ]
  const isDay = (hours === 24 && unit === 'h') || (hours === 1 && unit === 'd')
  if (!isDay || typeof numerator !== 'number' || typeof dose !== 'number') return 'no whole number'
  return Number((numerator / dose).toPrecision(9))
}
