import { existsSync, openAsBlob, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { type Inspection, inspectionOf } from '#app/core/exchange/inspect-file.ts'
import { readChosenFile } from '#app/core/exchange/read-import-file.ts'
import type { ImportFailure } from '#app/core/import-session.ts'
import { readyCrypto } from '#crypto/sodium.ts'

/**
 * Every file of others, as the app would take it: prints a table of what went in and what was refused, and holds each refusal to the reason
 * that was judged right for it. `vitest run --project slow tests/corpus/results.test.ts`
 */

beforeAll(readyCrypto)

const ROOT = process.env['WELLKEEP_CORPUS'] ?? join(import.meta.dirname, '../../../shared/data')

const FILES = existsSync(ROOT)
  ? readdirSync(ROOT, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .flatMap(({ name }) => readdirSync(join(ROOT, name)).map(file => `${name}/${file}`))
      .toSorted()
  : []

/** The refusals that are right, and why. The first form that fits counts; what fits none must go in. */
const RIGHTLY_REFUSED: readonly (readonly [file: RegExp, failure: RegExp, why: string])[] = [
  [/^blue-button-text\//, /^not-supported text$/, 'a report for people'],
  [/^ccda\/Readme\.md$/, /^not-supported text$/, 'says where the documents are from'],
  [/^(?:code-tables|ucum)\//, /^not-supported xml$/, 'tables of codes, no record'],
  [/^growth\//, /^needs-columns$/, 'a table without a date: asked about'],
  [/^hostile-text\//, /^not-fhir$/, 'strings alone'],
  [/^hostile-xml\/ccda-example-bad\.xml$/, /^not-supported fhir-xml$/, 'FHIR as XML'],
  [/^hostile-xml\/dtd\.xml$/, /^not-supported xml$/, 'harmless, and no record'],
  [/^hostile-xml\//, /^unsafe-xml$/, 'grows or loads'],
  [/^hostile-json\/y_/, /^not-fhir$/, 'JSON, and no record'],
  [/^hostile-json\/i_/, /^(?:not-fhir|not-json|not-supported encoding)$/, 'JSON by some readers, and no record by any'],
  [/^hostile-json\/n_/, /^(?:not-json|truncated|not-supported (?:text|encoding)|empty)$/, 'no JSON'],
  [/^fhir-validator-cases\/expected\.json$/, /^not-fhir$/, 'the validator’s verdicts'],
  [/^fhir-validator-cases\/.*(?:bad-json|no-quotes)/, /^not-json$/, 'no JSON'],
  [/^ips\/NL_Drimpy_01\.json$/, /^wrong-version STU3$/, 'STU3'],
  [/^ips\/UK_IPS_Example\.xml$/, /^not-supported fhir-xml$/, 'FHIR as XML'],
  [/^shc(?:-broken)?\/.*\.(?:png|jpg|svg)$/, /^not-supported image$/, 'a picture: its code is read on the screen'],
  [
    /^shc(?:-broken)?\/.*keys?(?:_with_x5c)?\.json$|^shc\/(?:jwks|3Kfdg.*)\.json$/,
    /^issuer-file/,
    'an issuer’s keys or list',
  ],
  [
    /^shc(?:-broken)?\/.*numeric-value-\d+(?:-qr_chunk_too_small)?\.txt$/,
    /^(?:read|needs-codes)$/,
    'one code of several, unless the card has one alone',
  ],
  [/^shc-broken\/.*missing-shc-vc-type/, /^card other$/, 'no health card'],
  [/^shc-broken\/.*(?:no_jws_header_alg|invalid_deflate)/, /^card unreadable$/, 'damaged'],
  [/^shc-broken\/.*jws_too_long/, /^card other$/, 'no record in it'],
  [/^shl\/.*\.png$/, /^not-supported image$/, 'a picture: its code is read on the screen'],
  [/^shl\/.*-enc\.txt$/, /^not-supported text$/, 'sealed, without its key'],
  [/^shl\/.*(?:manifest|payload|details)/, /^not-fhir$/, 'a part of a link, not the link'],
  [/^shl\/.*\.txt$/, /^health-link$/, 'a link: followed after a tap'],
]

const words = (failure: ImportFailure) =>
  [
    failure.kind,
    ...Object.entries(failure).flatMap(([name, value]) => (/^(?:what|why|version|holds)$/.test(name) ? [value] : [])),
  ].join(' ')

async function inspect(path: string): Promise<Inspection> {
  const file = await openAsBlob(join(ROOT, path))
  return inspectionOf(path, await readChosenFile(file, path.slice(path.indexOf('/') + 1)))
}

const countBy = (names: readonly (readonly [string, number])[]) => {
  const counts = new Map<string, number>()
  for (const [name, count] of names) counts.set(name, (counts.get(name) ?? 0) + count)
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ')
}

function tableOf(inspections: readonly Inspection[]): string {
  const folders = [...new Set(inspections.map(({ file }) => file.split('/')[0] ?? ''))]
  const rows = folders.map(folder => {
    const all = inspections.filter(({ file }) => file.startsWith(`${folder}/`))
    const read = all.flatMap(each => ('failure' in each ? [] : [each]))
    const refused = all.flatMap(each => ('failure' in each ? [[words(each.failure), 1] as const] : []))
    const unusable = read.flatMap(each => each.unusable.map(({ reason, count }) => [reason, count] as const))
    const entries = read.reduce((sum, { count }) => sum + count, 0)
    return [folder, all.length, read.length, entries, countBy(unusable) || '–', countBy(refused) || '–'].join(' | ')
  })
  return ['folder | files | read | entries | left out, by entry | refused, by file', ...rows].join('\n')
}

test.skipIf(FILES.length === 0)('every file of others goes in or is refused with the right reason', async () => {
  const inspections: Inspection[] = []
  for (const path of FILES) inspections.push(await inspect(path))
  console.log(`\n${tableOf(inspections)}\n`)
  const wrong = inspections.flatMap(each => {
    const expected = RIGHTLY_REFUSED.find(([file]) => file.test(each.file))
    const said = 'failure' in each ? words(each.failure) : 'read'
    if (expected === undefined) return said === 'read' ? [] : [`${each.file}: ${said}`]
    return expected[1].test(said) ? [] : [`${each.file}: ${said}, not ${expected[1].source} (${expected[2]})`]
  })
  expect(wrong).toEqual([])
})
