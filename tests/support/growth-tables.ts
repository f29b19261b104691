/** Writes schema/growth/{who,cdc}.ts from the published tables: `npm run growth-tables`. What they come from and their terms: NOTICES. */
import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PublishedRow, publishedGrowth } from './published-growth.ts'

const ROOT = join(import.meta.dirname, '../..')

/** What a straight line between two rows may be off, in z-scores of what is measured. */
const OFF_Z = 0.004
const AT_Z = [-3, -2, -1, 0, 1, 2, 3] as const

const measured = ({ l, m, s }: PublishedRow, z: number) =>
  Math.abs(l) < 1e-6 ? m * Math.exp(s * z) : m * (1 + l * s * z) ** (1 / l)
const zOf = ({ l, m, s }: PublishedRow, x: number) =>
  Math.abs(l) < 1e-6 ? Math.log(x / m) / s : ((x / m) ** l - 1) / (l * s)

function between(a: PublishedRow, b: PublishedRow, days: number): PublishedRow {
  const part = (days - a.days) / (b.days - a.days)
  const mix = (from: number, to: number) => from + part * (to - from)
  return { days, l: mix(a.l, b.l), m: mix(a.m, b.m), s: mix(a.s, b.s) }
}

const isNear = (a: PublishedRow, b: PublishedRow, rows: readonly PublishedRow[]) =>
  rows.every(row => AT_Z.every(z => Math.abs(zOf(between(a, b, row.days), measured(row, z)) - z) <= OFF_Z))

/** The fewest rows, each published, between which a straight line is as good as the table. */
function sparse(rows: readonly PublishedRow[]): readonly PublishedRow[] {
  const kept = rows.slice(0, 1)
  let start = 0
  while (start < rows.length - 1) {
    let end = start + 1
    while (end + 1 < rows.length && isNear(rows[start]!, rows[end + 1]!, rows.slice(start + 1, end + 1))) end++
    kept.push(rows[end]!)
    start = end
  }
  return kept
}

const digits = (value: number) => String(Number(value.toPrecision(6)))

const textOf = (rows: readonly PublishedRow[]) =>
  rows.map(({ days, l, m, s }) => [Number(days.toFixed(2)), ...[l, m, s].map(digits)].join(' ')).join(';')

function fileOf(standard: 'who' | 'cdc', about: string): string {
  const tables = publishedGrowth().filter(table => table.standard === standard)
  const measures = [...new Set(tables.map(({ measure }) => measure))]
  const entries = measures.map(measure => {
    const sexes = (['female', 'male'] as const).map(sex => {
      const found = tables.filter(table => table.measure === measure && table.sex === sex)
      return `${sex}: [${found.map(({ rows }) => `'${textOf(sparse(rows))}'`).join(', ')}]`
    })
    return `  ${measure.includes('-') ? `'${measure}'` : measure}: { ${sexes.join(', ')} },`
  })
  return `${about}\nexport const ${standard.toUpperCase()}_TABLES = {\n${entries.join('\n')}\n} as const\n`
}

if (!existsSync(join(ROOT, '../shared/data/growth')))
  throw new Error('Cannot write the tables: ../shared/data/growth is not there')
const ROWS =
  'Rows of age in days, L, M and S, apart by `;`; between two a straight line is within 0.004 z of the published row of that day.'
const files = {
  who: `/**\n * WHO Child Growth Standards (2006), birth to 1856 days; lengths lying down before 731 days, heights standing from then on. ${ROWS}\n * Made by \`npm run growth-tables\`; where it comes from and under which terms: NOTICES.\n */`,
  cdc: `/**\n * CDC Growth Charts: United States (2000), from 24 months, head circumference from birth to 36 months. ${ROWS}\n * Made by \`npm run growth-tables\`; where it comes from and under which terms: NOTICES.\n */`,
} as const
for (const standard of ['who', 'cdc'] as const) {
  const path = join(ROOT, `schema/growth/${standard}.ts`)
  writeFileSync(path, fileOf(standard, files[standard]))
  execFileSync('npx', ['biome', 'format', '--write', path], { cwd: ROOT })
}
