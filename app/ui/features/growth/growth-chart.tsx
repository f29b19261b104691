import { createMemo } from 'solid-js'
import { CURVES, curveAt } from '#schema/growth/reference.ts'
import { formatNumber } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { CurvesChart } from '../../parts/curves-chart.tsx'
import { trackedName } from '../../record/measure-words.ts'
import { useSettings } from '../../session.ts'
import type { Growth } from './create-growth.ts'
import type { Child, GrowthPoint } from './growth-points.ts'
import {
  ageTicks,
  ageWords,
  axisAge,
  percentileWords,
  shownUnit,
  shownValue,
  valueWords,
  zWords,
} from './growth-words.ts'
import styles from './growth.module.css'

/** So many short lines are a curve. */
const STEPS = 120

/** The curves of the standard and the child's values among them, each at its age. */
export function GrowthChart(props: {
  readonly child: Child
  readonly growth: Growth
  readonly points: readonly GrowthPoint[]
}) {
  const settings = useSettings()
  const { measure, standard, span } = props.growth
  const shown = (value: number) => shownValue(measure(), value, settings().units)
  const ages = createMemo(() => {
    const { from, to } = span()
    return Array.from({ length: STEPS + 1 }, (_, step) => from + (step / STEPS) * (to - from))
  })
  const curves = createMemo(() =>
    CURVES[standard()].map(({ percentile, z }) => ({
      name: formatNumber(percentile),
      isMiddle: percentile === 50,
      points: ages().flatMap(age => {
        const value = curveAt(standard(), measure(), props.child.sex, age, z)
        return value === undefined ? [] : [{ x: age, y: shown(value) }]
      }),
    })),
  )
  const drawn = () =>
    props.points.filter(({ comparedDays }) => comparedDays >= span().from && comparedDays <= span().to)
  const newest = () => props.points.findLast(({ place }) => place !== undefined)
  const newestWords = () => {
    const point = newest()
    if (point?.place === undefined) return ''
    return t('growth.newest', {
      age: ageWords(props.child.birthDate, point.text),
      value: valueWords(measure(), point.value, settings().units),
      percentile: percentileWords(point.place),
      z: zWords(point.place),
    })
  }
  const label = () =>
    t('growth.picture', {
      what: trackedName(measure()),
      standard: t(`growth.standard.${standard()}`),
      count: drawn().length,
    })
  return (
    <>
      <p class={styles.newest}>{newestWords()}</p>
      <p class={styles.soft}>{t('growth.axes', { unit: shownUnit(measure(), settings().units) })}</p>
      <CurvesChart
        label={`${label()} ${newestWords()}`.trim()}
        curves={curves()}
        points={drawn().map(({ comparedDays, value }) => ({ x: comparedDays, y: shown(value) }))}
        span={span()}
        xTicks={ageTicks(span().from, span().to)}
        formatX={axisAge}
        formatY={value => formatNumber(value, 1)}
      />
    </>
  )
}
