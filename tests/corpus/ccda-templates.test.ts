import { beforeAll, expect, test } from 'vitest'
import { readyCrypto } from '#crypto/sodium.ts'
import { DOCUMENTS, madeOf, NONE_HERE, textOf } from './ccda-files.ts'

beforeAll(readyCrypto)

/** Where a document cannot say without its templates what it says with them, and what it becomes. */
const EXCEPTIONS: Readonly<
  Record<string, { readonly less: readonly string[]; readonly more: readonly string[]; readonly why: string }>
> = {
  'ccda/CCD_1.xml': {
    less: ['past-problems/condition', 'past-problems/condition'],
    more: ['functioning/functional-status', 'functioning/functional-status'],
    why: 'a problem of daily life (4.68, 4.73; no longer in use) is written as its findings are: it stays in its section',
  },
  'ccda/CCDA_NullFlavorSample_v1.xml': {
    less: [],
    more: ['problems/condition'],
    why: 'an indication (4.19) without any value is not told from a diagnosis of the visit: both have no name',
  },
  ...Object.fromEntries(
    ['ccda/Discharge_Summary.xml', 'ccda-to-fhir-pairs/Ccda__Discharge_Summary.ccda'].map(path => [
      path,
      { less: ['problems/condition'], more: ['functioning/functional-status'], why: 'as in CCD_1.xml' },
    ]),
  ),
}

const TEMPLATE = /<((?:\w+:)?templateId)\b[^>]*?(?:\/>|>\s*<\/\1>)/g
const inEntries = (text: string, change: (template: string) => string) =>
  text.replace(/<(?:\w+:)?entry\b[\s\S]*?<\/(?:\w+:)?entry>/g, entry => entry.replace(TEMPLATE, change))

const removed = (text: string) => inEntries(text, () => '')
const unknown = (text: string) => inEntries(text, template => template.replace(/root\s*=\s*"[^"]*"/, 'root="9.9.9"'))

/** How many entries of each place and kind. */
async function countsOf(path: string, text: string): Promise<ReadonlyMap<string, number>> {
  const { file } = await madeOf(path, text)
  expect(file.unusable).toEqual([])
  const counts = new Map<string, number>()
  for (const { parts } of file.resources) {
    const name = `${parts.section}/${parts.kind}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

function expected(path: string, counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  const { less = [], more = [] } = EXCEPTIONS[path] ?? {}
  const sum = new Map(counts)
  for (const name of less) sum.set(name, (sum.get(name) ?? 0) - 1)
  for (const name of more) sum.set(name, (sum.get(name) ?? 0) + 1)
  return Object.fromEntries([...sum].filter(([, count]) => count !== 0))
}

test.skipIf(DOCUMENTS.length === 0).each(DOCUMENTS.length === 0 ? [NONE_HERE] : DOCUMENTS)(
  '%s gives the same kinds with its entries’ templates removed or unknown: its sections decide',
  async path => {
    const text = textOf(path)
    const counts = expected(path, await countsOf(path, text))
    const name = path.replace(/\.gz$/, '')
    expect(Object.fromEntries(await countsOf(name, removed(text)))).toEqual(counts)
    expect(Object.fromEntries(await countsOf(name, unknown(text)))).toEqual(counts)
  },
)
