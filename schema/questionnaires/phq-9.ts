import { SYSTEMS } from '../codes/systems.ts'
import { choiceItem, COPYRIGHT, HOW_OFTEN, type Instrument, linkIdOf, loincQuestionnaire } from './instrument.ts'

/**
 * The nine questions of the PHQ-9 as on its sheet, and the question after them, which is not counted. Codes: LOINC 44249-1, as in
 * https://www.hl7.org/fhir/us/core/STU9/Questionnaire-phq-9-example.html. See NOTICES.
 */
const QUESTIONS = [
  { loinc: '44250-9', text: 'Little interest or pleasure in doing things' },
  { loinc: '44255-8', text: 'Feeling down, depressed, or hopeless' },
  { loinc: '44259-0', text: 'Trouble falling or staying asleep, or sleeping too much' },
  { loinc: '44254-1', text: 'Feeling tired or having little energy' },
  { loinc: '44251-7', text: 'Poor appetite or overeating' },
  {
    loinc: '44258-2',
    text: 'Feeling bad about yourself — or that you are a failure or have let yourself or your family down',
  },
  {
    loinc: '44252-5',
    text: 'Trouble concentrating on things, such as reading the newspaper or watching television',
  },
  {
    loinc: '44253-3',
    text: 'Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or restless that you have been moving around a lot more than usual',
  },
  { loinc: '44260-8', text: 'Thoughts that you would be better off dead or of hurting yourself in some way' },
]

const HOW_DIFFICULT = [
  { code: 'LA6572-7', display: 'Not difficult at all' },
  { code: 'LA6573-5', display: 'Somewhat difficult' },
  { code: 'LA6575-0', display: 'Very difficult' },
  { code: 'LA6574-3', display: 'Extremely difficult' },
]

export const PHQ_9: Instrument = {
  id: 'phq-9',
  loinc: '44249-1',
  total: '44261-6',
  totalDisplay: 'Patient Health Questionnaire 9 item (PHQ-9) total score [Reported]',
  scored: QUESTIONS.map(({ loinc }) => linkIdOf(loinc)),
  most: 27,
  bands:
    'PHQ-9 scores of 5, 10, 15, and 20 represented mild, moderate, moderately severe, and severe depression, respectively.',
  bandsSource: 'Kroenke K, Spitzer RL, Williams JB. The PHQ-9. J Gen Intern Med 2001;16:606–613.',
  crisisItem: linkIdOf('44260-8'),
  questionnaire: {
    resourceType: 'Questionnaire',
    id: 'phq-9',
    url: loincQuestionnaire('44249-1'),
    language: 'en',
    status: 'active',
    title: 'PHQ-9 (Patient Health Questionnaire)',
    code: [{ system: SYSTEMS.loinc, code: '44249-1' }],
    subjectType: ['Patient'],
    copyright: COPYRIGHT,
    item: [
      {
        linkId: 'stem',
        type: 'display',
        text: 'Over the last 2 weeks, how often have you been bothered by any of the following problems?',
      },
      ...QUESTIONS.map(question => choiceItem(question, HOW_OFTEN, true)),
      choiceItem(
        {
          loinc: '69722-7',
          text: 'If you checked off any problems, how difficult have these problems made it for you to do your work, take care of things at home, or get along with other people?',
        },
        HOW_DIFFICULT,
        false,
      ),
    ],
  },
}
