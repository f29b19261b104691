import { SYSTEMS } from '../codes/systems.ts'
import { choiceItem, COPYRIGHT, HOW_OFTEN, type Instrument, linkIdOf, loincQuestionnaire } from './instrument.ts'

/** The seven questions of the GAD-7 as on its sheet. Codes: LOINC 69737-5. See NOTICES. */
const QUESTIONS = [
  { loinc: '69725-0', text: 'Feeling nervous, anxious or on edge' },
  { loinc: '68509-9', text: 'Not being able to stop or control worrying' },
  { loinc: '69733-4', text: 'Worrying too much about different things' },
  { loinc: '69734-2', text: 'Trouble relaxing' },
  { loinc: '69735-9', text: 'Being so restless that it is hard to sit still' },
  { loinc: '69689-8', text: 'Becoming easily annoyed or irritable' },
  { loinc: '69736-7', text: 'Feeling afraid as if something awful might happen' },
]

export const GAD_7: Instrument = {
  id: 'gad-7',
  loinc: '69737-5',
  total: '70274-6',
  totalDisplay: 'Generalized anxiety disorder 7 item (GAD-7) total score [Reported.PHQ]',
  scored: QUESTIONS.map(({ loinc }) => linkIdOf(loinc)),
  most: 21,
  bands: 'Scores of 5, 10, and 15 represent cut points for mild, moderate, and severe anxiety, respectively.',
  bandsSource:
    'Instruction sheet of the GAD-7; Spitzer RL, Kroenke K, Williams JB, Löwe B. A brief measure for assessing generalized anxiety disorder. Arch Intern Med 2006;166:1092–1097.',
  questionnaire: {
    resourceType: 'Questionnaire',
    id: 'gad-7',
    url: loincQuestionnaire('69737-5'),
    language: 'en',
    status: 'active',
    title: 'GAD-7 (Generalized Anxiety Disorder)',
    code: [{ system: SYSTEMS.loinc, code: '69737-5' }],
    subjectType: ['Patient'],
    copyright: COPYRIGHT,
    item: [
      {
        linkId: 'stem',
        type: 'display',
        text: 'Over the last 2 weeks, how often have you been bothered by the following problems?',
      },
      ...QUESTIONS.map(question => choiceItem(question, HOW_OFTEN, true)),
    ],
  },
}
