import { calendarAge } from '#schema/growth/age.ts'
import { useRecordView, useSettings, useVault } from '../session.ts'
import { localDateTime } from './fhir-date.ts'

/** The charts end on the twentieth birthday. */
const LAST_YEARS = 20
const WHOLE_DAY = /^\d{4}-\d\d-\d\d$/

/** When the person of the record was born, by this person's word or the record's; undefined where no whole date is known. */
export function createBirthDate(): () => string | undefined {
  const settings = useSettings()
  const vault = useVault()
  const { base } = useRecordView()
  return () => {
    const said = settings().growth.find(facts => facts.base === base)?.birthDate
    const state = vault()
    if (said !== undefined || state.kind !== 'open') return said
    return WHOLE_DAY.test(state.birthDate) ? state.birthDate : undefined
  }
}

export function isGrown(birthDate: string): boolean {
  const age = calendarAge(birthDate, localDateTime(new Date()).date)
  return age !== undefined && age.years >= LAST_YEARS
}
