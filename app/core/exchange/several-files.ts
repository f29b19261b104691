import { ok, type Result } from '#schema/result.ts'
import type { ChosenFile, ImportFailure, ToldFile } from '../import-session.ts'
import { isAlike } from '../record/thing-groups.ts'
import { BundlePages } from './bundle-pages.ts'
import type { FilePerson, ImportedFile, ImportedResource, ImportedSeries } from './imported-resource.ts'
import { readChosenFile, type ReadOptions } from './read-import-file.ts'
import { isSamePerson } from './same-person.ts'
import { lastUpdatedOf, namesOneThing } from './source-key.ts'
import { ofBoth } from './whose.ts'

/** What all files that are chosen together may come to, in characters: they are held until they are committed. */
const MAX_TEXT = 200_000_000
const MAX_NAMES = 180
const MAX_LEFT_EXAMPLES = 5

/**
 * Reads files that were chosen together, each as it would be read alone, so that it is known again whichever way it comes. One that
 * can't be read is told with its reason and costs only itself; the only failure is `cancelled`.
 */
export async function readSeveralFiles(
  files: readonly ChosenFile[],
  options: ReadOptions = {},
): Promise<Result<ImportedFile, ImportFailure>> {
  const pages = new BundlePages()
  const read: ImportedFile[] = []
  const told: ToldFile[] = []
  let room = MAX_TEXT
  for (const [index, { file, name }] of files.entries()) {
    const onProgress = (done: number) => options.onProgress?.((index + done) / files.length)
    const one = await readChosenFile(file, name, { ...options, pages, onProgress })
    if (!one.ok && one.failure.kind === 'cancelled') return one
    const size = one.ok ? one.value.resources.reduce((sum, { text }) => sum + text.length, 0) : 0
    if (!one.ok || size > room) {
      const failure = one.ok ? ({ kind: 'too-much', maxMb: MAX_TEXT / 1_000_000 } as const) : one.failure
      told.push({ name, failure })
      continue
    }
    room -= size
    const { format, resources, table } = one.value
    told.push({ name, format, count: resources.length, ...(table === undefined ? {} : { table }) })
    read.push(one.value)
  }
  return ok({ ...together(read), files: told, ...(pages.isPartial ? { isPartial: true as const } : {}) })
}

/** What was read, as one file. */
function together(read: readonly ImportedFile[]): ImportedFile {
  const { placed, ...about } = withPeople(read)
  const unusable = read.flatMap(file => file.unusable.map(each => ({ ...each, example: placeIn(file, each.example) })))
  const merged = merge(placed, read, unusable)
  const left = leftOf(read)
  const series = seriesOf(read)
  const { format = 'fhir' } = read[0] ?? {}
  return {
    fileName: namesOf(read),
    format,
    ...about,
    ...merged,
    cards: read.flatMap(({ cards }) => cards),
    ...(left.length === 0 ? {} : { left }),
    ...(series.length === 0 ? {} : { series }),
  }
}

/** `17: seventy` of a table's row stays the row and what stands in it. */
function placeIn({ fileName, format }: ImportedFile, example: string): string {
  const at = format === 'table' ? example.indexOf(': ') : -1
  if (at !== -1) return `${example.slice(0, at)} (${fileName})${example.slice(at)}`
  return example === '' ? fileName : `${fileName}, ${example}`
}

/** As many names as are read at a glance. */
function namesOf(read: readonly ImportedFile[]): string {
  const names: string[] = []
  let length = 0
  for (const { fileName } of read) {
    length += fileName.length + 2
    if (names.length > 0 && length > MAX_NAMES) break
    names.push(fileName)
  }
  const more = read.length - names.length
  return more === 0 ? names.join(', ') : `${names.join(', ')} (+${more})`
}

type Unusable = ImportedFile['unusable'][number]

/** What stands in two files comes in once: of two states of one thing the one that its source calls newer. */
function merge(
  placed: readonly (readonly ImportedResource[])[],
  read: readonly ImportedFile[],
  unusable: Unusable[],
): Pick<ImportedFile, 'resources' | 'unusable' | 'tableRows'> {
  const kept = new Map<string, ImportedResource>()
  const byThing = new Map<string, string>()
  const tableRows = new Set<string>()
  for (const [index, resources] of placed.entries()) {
    const { fileName, format } = read[index]!
    for (const resource of resources) {
      const key = `${resource.sourceKey}\n${resource.contentKey}`
      const same = kept.get(key)
      if (same !== undefined) {
        kept.set(key, ofBoth(same, resource))
        unusable.push({ reason: 'duplicate', example: exampleOf(fileName, resource) })
        continue
      }
      const other = byThing.get(resource.sourceKey)
      const order = other === undefined ? undefined : compareStates(kept.get(other), resource)
      if (order !== undefined) unusable.push({ reason: 'superseded', example: exampleOf(fileName, resource) })
      if (order === 'older') continue
      if (order === 'newer' && other !== undefined) kept.delete(other)
      kept.set(key, resource)
      byThing.set(resource.sourceKey, key)
      if (format === 'table') tableRows.add(resource.sourceKey)
    }
  }
  return { resources: [...kept.values()], unusable, tableRows }
}

const exampleOf = (fileName: string, { parts }: ImportedResource) =>
  parts.title === '' ? fileName : `${fileName}, ${parts.title}`

/** Undefined unless both are one thing and dated by its source: else both come in, as they would one after the other. */
function compareStates(one: ImportedResource | undefined, other: ImportedResource): 'older' | 'newer' | undefined {
  if (one === undefined || !namesOneThing(other.sourceKey) || !isAlike(one.parts, other.parts)) return undefined
  const [was, is] = [lastUpdatedOf(one.text), lastUpdatedOf(other.text)]
  if (was === undefined || is === undefined || was === is) return undefined
  return is < was ? 'older' : 'newer'
}

interface Placed extends Pick<ImportedFile, 'person' | 'people'> {
  /** File by file, each resource with whose it is. */
  readonly placed: readonly (readonly ImportedResource[])[]
}

/** Where the files are not all about one person, whose each entry is. What a file that names nobody holds is nobody's. */
function withPeople(read: readonly ImportedFile[]): Placed {
  const people: FilePerson[] = []
  const placesIn = read.map(file => {
    // Two whom one file tells apart are two.
    const here = people.length
    return peopleIn(file).map(person => {
      const known = people.slice(0, here).findIndex(each => isOne(each, person))
      return known === -1 ? people.push(person) - 1 : known
    })
  })
  const [only, second] = people
  if (second === undefined) {
    return { placed: read.map(({ resources }) => resources), ...(only === undefined ? {} : { person: only }) }
  }
  const placed = read.map(({ resources, people: several }, index) => {
    const places = placesIn[index] ?? []
    if (several === undefined) return resources.map(each => placedAt(each, places))
    return resources.map(each =>
      each.whose === undefined
        ? each
        : { ...each, whose: { ...each.whose, people: each.whose.people.flatMap(place => places[place] ?? []) } },
    )
  })
  return { placed, people }
}

function placedAt(resource: ImportedResource, people: readonly number[]): ImportedResource {
  return people.length === 0 ? resource : { ...resource, whose: { people, how: 'about' } }
}

function peopleIn({ person, people }: ImportedFile): readonly FilePerson[] {
  if (people !== undefined) return people
  return person === undefined || (person.name === '' && person.birthDate === undefined) ? [] : [person]
}

const isOne = (one: FilePerson, other: FilePerson) =>
  isSamePerson(one, other) || (one.name !== '' && one.name === other.name && one.birthDate === other.birthDate)

function leftOf(read: readonly ImportedFile[]): NonNullable<ImportedFile['left']> {
  const all = read.flatMap(({ left = [] }) => left)
  return [...Map.groupBy(all, ({ reason }) => reason)].map(([reason, each]) => ({
    reason,
    count: each.reduce((sum, { count }) => sum + count, 0),
    examples: each.flatMap(({ examples }) => examples).slice(0, MAX_LEFT_EXAMPLES),
  }))
}

function seriesOf(read: readonly ImportedFile[]): readonly ImportedSeries[] {
  const all = read.flatMap(({ series = [] }) => series)
  return [...Map.groupBy(all, ({ key }) => key).values()].map(each =>
    each.reduce((one, other) => ({
      ...one,
      readings: one.readings + other.readings,
      isByWeek: one.isByWeek || other.isByWeek,
      from: one.from < other.from ? one.from : other.from,
      to: one.to > other.to ? one.to : other.to,
    })),
  )
}
