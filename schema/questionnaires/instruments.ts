import { GAD_7 } from './gad-7.ts'
import { type Instrument, loincQuestionnaire } from './instrument.ts'
import { PHQ_9 } from './phq-9.ts'

export const INSTRUMENTS: readonly Instrument[] = [PHQ_9, GAD_7]

/** Which of ours a FHIR `QuestionnaireResponse.questionnaire` names, with or without a version. */
export function instrumentOf(canonical: string | undefined): Instrument | undefined {
  const [url] = (canonical ?? '').split('|')
  return INSTRUMENTS.find(({ loinc }) => loincQuestionnaire(loinc) === url)
}
