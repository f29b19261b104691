import { openFile } from './open-file.ts'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import { SECTIONS } from '#schema/record/sections.ts'
import { instant } from '#schema/instant.ts'
import { fail } from '#schema/result.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { exportFhir } from './core/exchange/export-fhir.ts'
import { entriesOfFile } from './core/exchange/file-entries.ts'
import { type ExportedPerson, stableUuid } from './core/exchange/own-entries.ts'
import type { ImportedFile } from './core/exchange/imported-resource.ts'
import { readChosenFile, type ReadOptions } from './core/exchange/read-import-file.ts'
import { isInTable, TABLES, writeCsv } from './core/exchange/csv/write-csv.ts'
import { writeIps } from './core/exchange/ips/write-ips.ts'
import { factsOf } from './core/exchange/report/entry-facts.ts'
import { inspectionOf } from './core/exchange/inspect-file.ts'
import { ofPeople } from './core/exchange/whose.ts'
import { peopleWords } from './people-words.ts'
import { columnOptions } from './read-columns.ts'
import { importFailureWords } from './ui/features/import/failure-words.ts'
import { allWords, t } from './ui/language/language.ts'
import { outWords } from './ui/record/out-words.ts'

const TARGETS = {
  /** One FHIR R4 Bundle: what was made or found, as it would leave the record. */
  fhir: (file: ImportedFile, person: ExportedPerson) => exportFhir(person, entriesOfFile(file, NOW), NOW),
  /** An International Patient Summary of everything in the file. */
  ips: (file: ImportedFile, person: ExportedPerson) =>
    writeIps(entriesOfFile(file, NOW), {
      person,
      sections: SECTIONS,
      noneKnown: [],
      holdsMore: [],
      words: outWords(),
      identifier: `urn:uuid:${stableUuid(`summary of ${file.fileName} at ${NOW}`)}`,
      now: NOW,
    }),
  /** Every table there is, one after the other, an empty line between. */
  csv: (file: ImportedFile) => tablesOf(file),
} satisfies Record<string, (file: ImportedFile, person: ExportedPerson) => Iterable<string> | AsyncIterable<string>>

const NOW = instant(Date.now())

function* tablesOf(file: ImportedFile): Generator<string> {
  const entries = entriesOfFile(file, NOW)
  for (const [index, table] of TABLES.entries()) {
    if (index > 0) yield '\r\n'
    const rows = entries.filter(({ summary }) => isInTable(table, summary))
    for (const piece of writeCsv(table, rows.map(factsOf), outWords()))
      yield index > 0 ? piece.replace(/^\uFEFF/, '') : piece
  }
}

/** `npm run convert -- --to fhir|ips|csv [--columns MAPPING.json] [--person NUMBER]… FILE`: writes to standard output what the record would hand out of the file. */
async function convert(
  to: keyof typeof TARGETS,
  path: string,
  options: ReadOptions,
  numbers: readonly number[],
): Promise<boolean> {
  await readyCrypto()
  const opened = await openFile(path)
  const file =
    opened === undefined ? fail({ kind: 'gone' } as const) : await readChosenFile(opened, basename(path), options)
  if (!file.ok) {
    console.error(
      `${path}: ${file.failure.kind === 'gone' ? 'It cannot be opened.' : importFailureWords(file.failure)}`,
    )
    return false
  }
  const { people } = file.value
  const inspected = inspectionOf(path, file)
  if (people !== undefined && 'people' in inspected && !numbers.some(number => people[number - 1] !== undefined)) {
    console.error([`${path}: ${t('whose.title')} --person NUMBER`, ...peopleWords(inspected.people)].join('\n'))
    return false
  }
  const chosen = ofPeople(
    file.value,
    numbers.map(number => number - 1),
  )
  const { name = '–', birthDate } = chosen.person ?? {}
  const person = { name, recordId: path, ...(birthDate === undefined ? {} : { birthDate }) }
  await pipeline(Readable.from(TARGETS[to](chosen, person)), process.stdout, { end: false })
  return true
}

/** Whoever reads may have had enough, as `head` does. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

const isTarget = (to: string | undefined): to is keyof typeof TARGETS => to !== undefined && Object.hasOwn(TARGETS, to)
await allWords()
const { values, positionals } = parseArgs({
  options: { to: { type: 'string' }, columns: { type: 'string' }, person: { type: 'string', multiple: true } },
  allowPositionals: true,
})
const [path] = positionals
const options = columnOptions(values.columns)
if (!isTarget(values.to) || path === undefined || options === undefined) {
  console.error('usage: npm run convert -- --to fhir|ips|csv [--columns MAPPING.json] [--person NUMBER]… FILE')
  process.exitCode = 2
} else if (!(await convert(values.to, path, options, (values.person ?? []).map(Number)))) process.exitCode = 1
