import { useSearchParams } from '@solidjs/router'
import { createEffect, createMemo, createSignal, onCleanup } from 'solid-js'
import type { GrowthFacts } from '#app/core/session.ts'
import type { Tracked } from '#app/core/track-session.ts'
import { ageInDays } from '#schema/growth/age.ts'
import {
  GROWTH_MEASURES,
  GROWTH_STANDARDS,
  type GrowthMeasure,
  type GrowthStandard,
  type Sex,
} from '#schema/growth/kinds.ts'
import { agesOf } from '#schema/growth/reference.ts'
import { instant } from '#schema/instant.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { createAnswer } from '../../record/create-answer.ts'
import { createBirthDate } from '../../record/create-grows.ts'
import { localDateTime } from '../../record/fhir-date.ts'
import { createWatch, useOwnSession, useRecordView, useSession, useSettings } from '../../session.ts'
import { bmiOf, type Child, measuredOf, pointsOf, withReckoned } from './growth-points.ts'

const FIRST = instant(Date.UTC(0, 0, 1) - 3e13)
const LAST = instant(8.64e15)
const WHOLE_DAY = /^\d{4}-\d\d-\d\d$/
const TWO_YEARS = 731
const TEN_YEARS = 3653

/** What is known of whose record it is: by this person's word, else by the record. */
export function createChild() {
  const own = useOwnSession()
  const settings = useSettings()
  const { base } = useRecordView()
  const said = () => settings().growth.find(facts => facts.base === base)
  const patient = createPatient()
  const known = createBirthDate()
  const sex = (): Sex | undefined => said()?.sex ?? patient()?.sex
  const birthDate = () => known() ?? patient()?.birthDate
  return {
    sex,
    birthDate,
    bornAtWeeks: () => said()?.bornAtWeeks,
    isAsked: () => sex() === undefined || birthDate() === undefined,
    child: createMemo((): Child | undefined => {
      const [born, which, weeks] = [birthDate(), sex(), said()?.bornAtWeeks]
      if (born === undefined || which === undefined) return undefined
      return { birthDate: born, sex: which, ...(weeks === undefined ? {} : { bornAtWeeks: weeks }) }
    }),
    save: (facts: Omit<GrowthFacts, 'base'>) => own.changeSettings({ growth: [{ base, ...facts }] }),
  }
}

/** What the Patient resources of the record say, where they agree. */
function createPatient() {
  const session = useSession()
  const rows = createAnswer(
    () => true,
    () => session.timelineRows({ kinds: ['person'] }, 0, 20),
  )
  const [found, setFound] = createSignal<readonly Patient[]>([])
  createEffect(() => {
    const stops = (rows() ?? []).map(({ id }) => watchPatient(session, id, one => setFound(all => [...all, one])))
    onCleanup(() => stops.forEach(stop => void stop.then(end => end())))
  })
  return createMemo((): Patient | undefined => {
    const agreed = (values: readonly (string | undefined)[]) => {
      const different = new Set(values.filter(value => value !== undefined))
      return different.size === 1 ? [...different][0] : undefined
    }
    const [sex, birthDate] = [agreed(found().map(one => one.sex)), agreed(found().map(one => one.birthDate))]
    return { ...(isSex(sex) ? { sex } : {}), ...(birthDate === undefined ? {} : { birthDate }) }
  })
}

interface Patient {
  readonly sex?: Sex
  readonly birthDate?: string
}

const isSex = (value: unknown): value is Sex => value === 'female' || value === 'male'

function watchPatient(session: ReturnType<typeof useSession>, id: EntryId, tell: (patient: Patient) => void) {
  return session.watchEntry(id, entry => {
    const resource = readObject(entry?.original)
    if (resource?.['resourceType'] !== 'Patient') return
    const { gender, birthDate } = resource
    tell({
      ...(isSex(gender) ? { sex: gender } : {}),
      ...(typeof birthDate === 'string' && WHOLE_DAY.test(birthDate) ? { birthDate } : {}),
    })
  })
}

function readObject(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = text === undefined ? undefined : JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** The page of the curves: which measure by which standard stands in the address. */
export function createGrowth(child: () => Child) {
  const session = useSession()
  const [search, setSearch] = useSearchParams<{ of?: string; by?: string }>()
  const tracked = createWatch<Tracked>(listener => session.watchTracked(listener))
  const measure = (): GrowthMeasure => GROWTH_MEASURES.find(each => each === search.of) ?? 'weight'
  const today = () => ageInDays(child().birthDate, localDateTime(new Date()).date) ?? 0
  const standards = createMemo(() => GROWTH_STANDARDS.filter(each => agesOf(each, measure()) !== undefined))
  const standard = createMemo(
    (): GrowthStandard =>
      standards().find(each => each === search.by) ??
      standards().find(each => each === (today() < TWO_YEARS ? 'who' : 'cdc')) ??
      'cdc',
  )
  const values = (of: () => GrowthMeasure | undefined) =>
    createAnswer(
      () => {
        const [one, version] = [of(), tracked()?.version]
        return one === undefined || version === undefined ? undefined : { one, version }
      },
      async ({ one }) => measuredOf(one, await session.readings(one, FIRST, LAST)),
    )
  const isBmi = () => measure() === 'bmi'
  const [own, weights, heights] = [
    values(measure),
    values(() => (isBmi() ? 'weight' : undefined)),
    values(() => (isBmi() ? 'height' : undefined)),
  ]
  const measured = createMemo(() => {
    const found = own()
    if (found === undefined || !isBmi()) return found?.measured
    const [kg, cm] = [weights(), heights()]
    return kg && cm && withReckoned(found.measured, bmiOf(kg.measured, cm.measured))
  })
  return {
    measure,
    standard,
    standards,
    choose: (next: { readonly of?: GrowthMeasure; readonly by?: GrowthStandard }) => setSearch(next, { replace: true }),
    leftOut: () => own()?.leftOut ?? 0,
    /** Undefined until they are there. */
    points: createMemo(() => {
      const found = measured()
      return found && pointsOf(found, child(), standard(), measure())
    }),
    /** Which ages are drawn. */
    span: createMemo(() => {
      const ages = agesOf(standard(), measure()) ?? { from: 0, to: TWO_YEARS }
      const wanted = standard() === 'who' && today() < TWO_YEARS ? TWO_YEARS : ages.to
      return { from: ages.from, to: standard() === 'cdc' && today() < TEN_YEARS ? Math.min(wanted, TEN_YEARS) : wanted }
    }),
  }
}

export type Growth = ReturnType<typeof createGrowth>
