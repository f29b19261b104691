import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

export interface PublishedRow {
  readonly days: number
  readonly l: number
  readonly m: number
  readonly s: number
}

/** One published table: of one way to measure (a length and a height are two), oldest last. */
export interface PublishedTable {
  readonly standard: 'who' | 'cdc'
  readonly measure: 'weight' | 'height' | 'bmi' | 'head-circumference'
  readonly sex: 'female' | 'male'
  readonly rows: readonly PublishedRow[]
}

const FOLDER = join(process.env['WELLKEEP_CORPUS'] ?? join(import.meta.dirname, '../../../shared/data'), 'growth')
export const hasPublishedGrowth = () => existsSync(FOLDER)

const SEXES = { '1': 'male', '2': 'female' } as const
/** A month as CDC counts it: a twelfth of 365.25 days. */
const MONTH_DAYS = 30.4375

const linesOf = (file: string) =>
  gunzipSync(readFileSync(join(FOLDER, file)))
    .toString('utf8')
    .trim()
    .split(/\r?\n/)

/** The WHO's tables for weight, length or height and BMI, and CDC's, as they were published. */
export function publishedGrowth(): readonly PublishedTable[] {
  return [
    ...whoTables('weight', 'weianthro.txt.gz'),
    ...whoTables('height', 'lenanthro.txt.gz'),
    ...whoTables('bmi', 'bmianthro.txt.gz'),
    ...cdcTables('weight', '_LWT', 24),
    ...cdcTables('height', '_LHT', 24),
    ...cdcTables('bmi', '_LBMI', 24),
    ...cdcTables('head-circumference', '_LHC', 0),
  ]
}

function whoTables(measure: PublishedTable['measure'], file: string): readonly PublishedTable[] {
  const rows = linesOf(file)
    .slice(1)
    .map(line => line.split('\t'))
  return (['1', '2'] as const).flatMap(code => {
    const found = rows.filter(([sex]) => sex === code)
    const of = (isStanding: boolean): PublishedTable => ({
      standard: 'who',
      measure,
      sex: SEXES[code],
      rows: found
        .filter(row => measure === 'weight' || (row[5] === 'H') === isStanding)
        .map(([, age, l, m, s]) => ({ days: Number(age), l: Number(l), m: Number(m), s: Number(s) })),
    })
    return measure === 'weight' ? [of(false)] : [of(false), of(true)]
  })
}

/** Each line holds the row of its age and of the next; the last age stands only as the next of another. */
function cdcTables(measure: PublishedTable['measure'], column: string, fromMonths: number): readonly PublishedTable[] {
  const [heading = '', ...lines] = linesOf('CDCref_d.csv.gz')
  const names = heading.split(',')
  const place = (name: string) => names.indexOf(name)
  return (['1', '2'] as const).map(code => {
    const byMonths = new Map<number, PublishedRow>()
    for (const line of lines) {
      const cells = line.split(',')
      if (cells[0] !== 'age' || cells[1] !== code) continue
      for (const side of ['1', '2']) {
        const start = place(`${column}${side}`)
        const [months, ...lms] = [cells[place(`_AGEMOS${side}`)], ...cells.slice(start, start + 3)]
        if (months === undefined || lms.some(cell => cell === '')) continue
        const [l = 0, m = 0, s = 0] = lms.map(Number)
        byMonths.set(Number(months), { days: Number(months) * MONTH_DAYS, l, m, s })
      }
    }
    const ages = [...byMonths.keys()].sort((a, b) => a - b)
    const first = ages.findLast(age => age <= fromMonths) ?? 0
    return {
      standard: 'cdc',
      measure,
      sex: SEXES[code],
      rows: ages.filter(age => age >= first).flatMap(age => byMonths.get(age) ?? []),
    }
  })
}
