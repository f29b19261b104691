import { createMemo, createSignal } from 'solid-js'
import { changesSince, lastVisitDay } from '#app/core/exchange/report/changes-since.ts'
import { t } from '../../language/language.ts'
import { createAnswer } from '../../record/create-answer.ts'
import { createKeptText } from '../../record/create-kept-text.ts'
import { currentOf } from '../../record/current-of.ts'
import { localDateTime } from '../../record/fhir-date.ts'
import { useSession } from '../../session.ts'
import { privateCount } from './draft-take-out.ts'
import { DOCTOR_SECTIONS, type ListedPart, MOST_LISTED, testsIn, usualTests } from './doctor-sheet.ts'

/** The parts of the pages, in their order. */
export const PARTS = ['questions', 'changes', 'problems', 'medicines', 'allergies', 'blood-pressure', 'weight'] as const
export type Part = (typeof PARTS)[number]

const USUAL_TESTS = 3
const HALF_YEAR_MS = 182 * 86_400_000

/** What stands on the pages for the doctor, and what of it is chosen. */
export function createDoctor() {
  const session = useSession()
  const now = Date.now()
  const [withPrivate, setPrivate] = createSignal(false)
  const [left, setLeft] = createSignal<ReadonlySet<Part>>(new Set())
  const [typedSince, setSince] = createSignal<string>()
  const [chosenTests, setTests] = createSignal<readonly string[]>()
  /** What was ticked or unticked by hand. */
  const [chosen, setChosen] = createSignal<ReadonlyMap<string, boolean>>(new Map())
  const questions = createKeptText('visit-questions', () => t('doctor.questions'))
  const answer = createAnswer(
    () => (withPrivate() ? 'all' : 'open'),
    which => session.reportEntries({ sections: DOCTOR_SECTIONS, withPrivate: which === 'all' }),
  )
  const facets = createAnswer(
    () => true,
    () => session.facets(),
  )
  const facts = createMemo(() => answer() ?? [])
  const usualSince = createMemo(
    () =>
      lastVisitDay(
        facts().map(({ summary }) => summary),
        now,
      ) ?? localDateTime(new Date(now - HALF_YEAR_MS)).date,
  )
  const since = () => typedSince() ?? usualSince()
  const tests = createMemo(() => testsIn(facts()))
  const testKeys = () => chosenTests() ?? usualTests(tests(), USUAL_TESTS)
  const ofKind = (kind: 'blood-pressure' | 'weight') =>
    facts().filter(({ summary }) => summary.kind === kind && summary.status !== 'mistaken')
  const listed = {
    problems: createMemo(() => currentOf(facts(), 'condition')),
    medicines: createMemo(() => currentOf(facts(), 'medicine')),
    allergies: createMemo(() => currentOf(facts(), 'allergy')),
  } as const
  const isListed = (part: ListedPart, id: string) =>
    chosen().get(id) ?? listed[part]().findIndex(({ summary }) => summary.id === id) < MOST_LISTED[part]
  return {
    isReady: () => answer() !== undefined,
    questions,
    since,
    setSince,
    withPrivate,
    setPrivate,
    privateCount: () => privateCount({ sections: DOCTOR_SECTIONS }, facets()),
    has: (part: Part) => !left().has(part),
    setPart(part: Part, isOn: boolean) {
      const next = new Set(left())
      if (isOn) next.delete(part)
      else next.add(part)
      setLeft(next)
    },
    tests,
    hasTest: (key: string) => testKeys().includes(key),
    setTest(key: string, isOn: boolean) {
      setTests(isOn ? [...testKeys(), key] : testKeys().filter(each => each !== key))
    },
    changes: createMemo(() => {
      const start = Date.parse(since())
      return Number.isNaN(start) ? [] : changesSince(facts(), start, now)
    }),
    listed: (part: ListedPart) => listed[part](),
    isListed,
    setListed: (id: string, isOn: boolean) => setChosen(before => new Map(before).set(id, isOn)),
    /** What is on the pages of a part. */
    rowsOf: (part: ListedPart) => listed[part]().filter(({ summary }) => isListed(part, summary.id)),
    pressures: createMemo(() => ofKind('blood-pressure')),
    weights: createMemo(() => ofKind('weight')),
  }
}

export type Doctor = ReturnType<typeof createDoctor>
