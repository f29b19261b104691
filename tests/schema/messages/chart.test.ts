import { expect, test } from 'vitest'
import { ThreadId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { type ChartSnapshot, MAX_CHART_CHARS, MAX_CHART_ROWS, MAX_CHARTS, parseCharts } from '#schema/messages/chart.ts'
import { encodeItem, type Message, parseItem } from '#schema/messages/item.ts'

const row = (day: string, ...values: number[]) => ({ when: day, at: instant(Date.parse(day)), values })

const CHART: ChartSnapshot = {
  title: 'Blood pressure',
  unit: 'mmHg',
  lines: ['Upper number', 'Lower number'],
  from: '2026-10-01',
  to: '2026-10-31',
  goal: 'at most 130 / at most 80 mmHg',
  rows: [
    { ...row('2026-10-02', 131, 84), ranges: [{ high: 130 }, { high: 80 }] },
    { ...row('2026-10-09', 128, 82), ranges: [{ high: 130 }, { high: 80 }] },
  ],
  rowCount: 900,
}

const message: Message = {
  kind: 'message',
  thread: ThreadId.parse('0123456789abcdef')!,
  key: 'k',
  text: 'Is this high?',
  charts: [CHART],
  at: instant(1_700_000_000_000),
  order: 3,
}

test('parseItem() reads a chart that goes along with a message', () => {
  expect(parseItem(encodeItem(message))).toEqual(message)
})

test('a message is read without its charts where one of them is none', () => {
  const { charts: _, ...rest } = message
  expect(parseItem(JSON.stringify({ ...message, charts: [CHART, {}] }))).toEqual(rest)
  expect(parseItem(JSON.stringify({ ...message, charts: [] }))).toEqual(rest)
})

test('parseCharts() puts rows in the order of their days, whatever they say of where they stand', () => {
  const rows = [{ ...row('2026-10-09', 128, 82), at: instant(0) }, row('2026-10-02', 131, 84)]
  expect(parseCharts([{ ...CHART, rows }])?.[0]?.rows).toEqual([row('2026-10-02', 131, 84), row('2026-10-09', 128, 82)])
})

test('parseCharts() refuses what cannot be drawn, or is too much', () => {
  const wrongRow = (change: object) => [{ ...CHART, rows: [{ ...CHART.rows[0], ...change }] }]
  const wrong: readonly unknown[] = [
    undefined,
    Array(MAX_CHARTS + 1).fill(CHART),
    [{ ...CHART, rows: [] }],
    [{ ...CHART, rows: Array(MAX_CHART_ROWS + 1).fill(CHART.rows[0]) }],
    [{ ...CHART, lines: [] }],
    [{ ...CHART, lines: ['a', 'b', 'c'] }],
    [{ ...CHART, title: 'x'.repeat(MAX_CHART_CHARS + 1) }],
    wrongRow({ values: [1] }),
    wrongRow({ values: [1, null] }),
    wrongRow({ values: ['1', '2'] }),
    wrongRow({ when: 'yesterday' }),
  ]
  for (const json of wrong) expect(parseCharts(json)).toBeUndefined()
})
