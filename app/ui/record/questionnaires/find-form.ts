import type { Session } from '#app/core/session.ts'
import type { EntryId, EntrySummary } from '#schema/record/entry.ts'
import { parseObject } from '#schema/record/fhir/json.ts'
import { type Form, readForm } from '#schema/questionnaires/form.ts'
import type { Instrument } from '#schema/questionnaires/instrument.ts'
import { INSTRUMENTS } from '#schema/questionnaires/instruments.ts'
import { readEntry } from '../read-entry.ts'

/** A questionnaire that can be opened, and in which language its words are, where that is known. */
export interface FoundForm {
  readonly form: Form
  readonly instrument?: Instrument
  readonly language?: string
}

/** Of an address: one that comes with the app, else an entry that was brought in. */
export async function findForm(session: Session, id: string): Promise<FoundForm | undefined> {
  const instrument = INSTRUMENTS.find(each => each.id === id)
  if (instrument !== undefined) return { form: readForm(instrument.questionnaire), instrument, language: 'en' }
  const entry = await readEntry(session, id as EntryId)
  const resource = parseObject(entry?.original ?? '{}')
  if (resource['resourceType'] !== 'Questionnaire') return undefined
  const { language } = resource
  return { form: readForm(resource), ...(typeof language === 'string' ? { language } : {}) }
}

export const isForm = ({ resourceType }: EntrySummary) => resourceType === 'Questionnaire'
