import { useSearchParams } from '@solidjs/router'
import { createMemo } from 'solid-js'
import type { Tracked } from '#app/core/track-session.ts'
import { instant } from '#schema/instant.ts'
import { isTracked, ownMeasure, type TrackedMeasure } from '#schema/record/tracked.ts'
import { createAnswer } from '../../record/create-answer.ts'
import { localDateTime } from '../../record/fhir-date.ts'
import { createWatch, useSession, useSettings } from '../../session.ts'
import { type Period, PERIODS, periodBefore, type PeriodName, periodOf, spanning } from './period.ts'
import { bandOf, seriesOf } from './readings.ts'
import { readingsIn, statisticsOf } from './statistics.ts'

/** The clock on the wall is at most so far from UTC, on both sides. */
const ZONES_MS = 2 * 86_400_000
const FIRST = instant(Date.UTC(0, 0, 1) - 3e13)
const LAST = instant(8.64e15)

/** What stands in the address of the page of a measure: its period, and the days beside which it is put. */
type Place = Partial<Record<'period' | 'from' | 'to' | 'beside' | 'besideFrom' | 'besideTo', string>>

/** With what a period is compared: as many days before it, or days of one's own. */
export type Beside = 'before' | 'own'

/** A page of one measure: its values in a period, beside those of another one; both stand in the address. */
export function createTrack(measure: () => TrackedMeasure) {
  const session = useSession()
  const settings = useSettings()
  const [search, setSearch] = useSearchParams<Place>()
  const tracked = createWatch<Tracked>(listener => session.watchTracked(listener))
  const name = (): PeriodName => PERIODS.find(each => each === search.period) ?? 'month'
  const own = (): Period => ({ ...(search.from && { from: search.from }), ...(search.to && { to: search.to }) })
  const period = createMemo(() => periodOf(name(), localDateTime(new Date()).date, own()))
  const beside = createBeside(search, period, part => setSearch(part, { replace: true }))
  const asked = createMemo(() => ({
    measure: measure(),
    ...spanning(period(), beside.period() ?? period()),
    version: tracked()?.version,
  }))
  const entries = createAnswer(asked, ({ measure: one, from, to }) =>
    session.readings(one, momentOf(from, -ZONES_MS) ?? FIRST, momentOf(to, ZONES_MS) ?? LAST),
  )
  const series = createMemo(() => {
    const found = entries()
    return found && seriesOf(found, settings())
  })
  const readings = createMemo(() => readingsIn(period(), series()?.readings ?? []))
  const readingsBeside = createMemo(() => {
    const span = beside.period()
    return span && readingsIn(span, series()?.readings ?? [])
  })
  const goals = createMemo(() => (tracked()?.goals ?? []).filter(({ target }) => target?.measure === measure()))
  const band = createMemo(() => {
    const found = series()
    return found && bandOf(goals()[0]?.target, found, settings())
  })
  return {
    tracked,
    latest: createMemo(() => tracked()?.measures.find(each => each.measure === measure())?.latest),
    name,
    own,
    period,
    choose: (next: PeriodName) => setSearch({ period: next }, { replace: true }),
    chooseOwn: (part: { readonly from?: string; readonly to?: string }) => setSearch(part, { replace: true }),
    /** Newest first, of the period and of the days beside which it is put. */
    entries,
    series,
    readings,
    goals,
    band,
    /** Undefined until the values are there. */
    now: createMemo(() => (series() === undefined ? undefined : statisticsOf(readings(), band()))),
    beside,
    /** Of the days beside the period, where there are such. */
    other: createMemo(() => {
      const found = readingsBeside()
      return found && statisticsOf(found, band())
    }),
  }
}

export type Track = ReturnType<typeof createTrack>

/** The days beside which a period is put. */
function createBeside(search: Readonly<Place>, period: () => Period, setPlace: (part: Place) => void) {
  const kind = (): Beside => (search.beside === 'own' ? 'own' : 'before')
  const before = createMemo(() => periodBefore(period()))
  const own = (): Period => ({
    ...(search.besideFrom && { from: search.besideFrom }),
    ...(search.besideTo && { to: search.besideTo }),
  })
  return {
    kind,
    /** Undefined while there are none: of an open period no days before it are as many, and own ones want to be chosen. */
    period: createMemo(() => {
      if (kind() === 'before') return before()
      const chosen = own()
      return chosen.from === undefined && chosen.to === undefined ? undefined : chosen
    }),
    own,
    mayBeBefore: () => before() !== undefined,
    /** Own days begin with those before the period: they are changed more quickly than typed. */
    choose: (next: Beside) =>
      setPlace({
        beside: next,
        besideFrom: own().from ?? before()?.from ?? '',
        besideTo: own().to ?? before()?.to ?? '',
      }),
    chooseOwn: (part: Period) =>
      setPlace({
        ...(part.from === undefined ? {} : { besideFrom: part.from }),
        ...(part.to === undefined ? {} : { besideTo: part.to }),
      }),
  }
}

function momentOf(day: string | undefined, shift: number) {
  const ms = day === undefined ? NaN : Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(ms) ? undefined : instant(ms + shift)
}

/** What an address names: `/track/pain`, `/track/own?name=coffee`; undefined for what nothing can be called. */
export function measureIn(place: string | undefined, name: string | undefined): TrackedMeasure | undefined {
  const text = place === 'own' && name !== undefined ? ownMeasure(name) : place
  return text !== undefined && isTracked(text) ? text : undefined
}
