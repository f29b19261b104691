import { openFile } from './open-file.ts'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { type Inspection, inspectionOf } from './core/exchange/inspect-file.ts'
import { readChosenFile, type ReadOptions } from './core/exchange/read-import-file.ts'
import type { ImportedFile } from './core/exchange/imported-resource.ts'
import { fail, type Result } from '#schema/result.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import type { ImportFailure } from './core/import-session.ts'
import type { TableLook } from './core/table-session.ts'
import { peopleWords } from './people-words.ts'
import { columnOptions } from './read-columns.ts'
import { importFailureWords } from './ui/features/import/failure-words.ts'
import { cardSentences } from './ui/record/card-words.ts'
import { appleKindWords } from './ui/record/apple-words.ts'
import { allWords, t } from './ui/language/language.ts'

/**
 * `npm run inspect -- FILE… [--json] [--columns MAPPING.json]`: what each file is, what would come in of it, what is unusable and why.
 * Exit 1 when one can't be read.
 */
async function inspect(paths: readonly string[], asJson: boolean, options: ReadOptions): Promise<boolean> {
  await readyCrypto()
  const inspections: Inspection[] = []
  for (const path of paths) {
    const inspection = inspectionOf(path, await read(path, options))
    inspections.push(inspection)
    if (!asJson) console.log(wordsOf(inspection))
  }
  if (asJson) console.log(JSON.stringify(inspections, undefined, 2))
  return inspections.every(inspection => !('failure' in inspection))
}

/** A file that can't be opened is `gone`. */
async function read(path: string, options: ReadOptions): Promise<Result<ImportedFile, ImportFailure>> {
  const file = await openFile(path)
  return file === undefined ? fail({ kind: 'gone' }) : readChosenFile(file, basename(path), options)
}

function wordsOf(inspection: Inspection): string {
  if ('failure' in inspection) {
    const { file, failure } = inspection
    const table = failure.kind === 'needs-columns' ? tableWords(failure.table) : []
    return [file, `  ${failureWords(failure)}`, ...table, ''].join('\n')
  }
  const { file, format, person, people, entries, series, left, unusable, remarks, cards, count, table, isPartial } =
    inspection
  const rows = entries.map(entry => `  ${String(entry.count).padStart(6)}  ${entry.section} / ${entry.kind}`)
  return [
    file,
    `  ${t(`format.${format}`)}${person === undefined ? '' : `, ${[person.name, person.birthDate].filter(Boolean).join(', ')}`}`,
    ...(table === undefined ? [] : tableWords(table)),
    ...peopleWords(people),
    ...cards.flatMap(card => cardSentences(card).map(sentence => `  ? ${sentence}`)),
    ...(isPartial ? [`  ! ${t('import.partial.title')} ${t('import.partial.text')}`] : []),
    ...rows,
    ...series.map(
      each =>
        `  ${String(each.count).padStart(6)}  ${appleKindWords(each.key) ?? each.name}: ${t('apple.readings', { count: each.readings })}, ${each.from} – ${each.to}`,
    ),
    `  ${String(count).padStart(6)}  ${t('import.total')}`,
    ...left.map(each =>
      `  - ${t(`left.${each.reason}`, { count: each.count })}: ${each.examples.join(', ')}`.replace(/: $/, ''),
    ),
    ...unusable.map(each => `  ! ${t(`unusable.${each.reason}`, { count: each.count })}: ${each.examples.join(', ')}`),
    ...remarks.map(each => `  i ${t(`remark.${each.reason}`, { count: each.count })}`),
    '',
  ].join('\n')
}

/** Its columns as they are, or could be, read, and what of that is not certain. */
function tableWords({ header, mapping, doubts }: TableLook): readonly string[] {
  const columns = mapping.columns.map(({ use, unit = '' }, index) => {
    const name = header[index] || t('table.column', { number: index + 1 })
    return `  = ${name}: ${t(`table.use.${use}`)}${unit === '' ? '' : ` (${unit})`}`
  })
  return [...columns, ...doubts.map(doubt => `  ? ${t(`table.doubt.${doubt}`)}`)]
}

/** Here `gone` is a file that can't be opened. */
const failureWords = (failure: ImportFailure) =>
  failure.kind === 'gone' ? 'It cannot be opened.' : importFailureWords(failure)

await allWords()
const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean' }, columns: { type: 'string' } },
  allowPositionals: true,
})
const options = columnOptions(values.columns)
if (positionals.length === 0 || options === undefined) {
  console.error('usage: npm run inspect -- FILE… [--json] [--columns MAPPING.json]')
  process.exitCode = 2
} else if (!(await inspect(positionals, values.json === true, options))) process.exitCode = 1
