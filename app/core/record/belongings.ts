import type { Belonging } from '../private-session.ts'
import type { EntryId, EntryKind, EntrySummary } from '#schema/record/entry.ts'
import { parseObject } from '#schema/record/fhir/json.ts'
import type { LogSection } from '#schema/record/sections.ts'
import { localName, NAMING_TYPES, namesOf, referencesIn } from '../exchange/reference-index.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { annotationsOn } from './annotations.ts'
import { withoutFiles } from './cut-files.ts'
import { entryIdIn, holdsEntries, idPrefix, type Shard, shardOf } from './entry-place.ts'
import type { IndexKeeper } from './index-keeper.ts'
import { wordsNaming } from './naming-words.ts'
import { fold } from './row.ts'
import type { ShardReader } from './shard-reader.ts'
import { entriesIn, originalOf, type StoredEntry } from './stored-entry.ts'
import { typedFields } from './typed-fields.ts'

interface BelongingDeps {
  readonly sections: readonly LogSection[]
  logOf(section: LogSection): SealedLog
  readonly shards: ShardReader
  readonly keeper: IndexKeeper
  /** By which UUIDs documents say that they belong to an entry. */
  readonly namesOf: (id: EntryId) => readonly string[]
}

/** How far what refers to it is followed: a dose given, of a medicine prescribed, for a condition. */
const STEPS = 3
/** They point at everything of a file. */
const LISTS: ReadonlySet<string | undefined> = new Set(['Provenance', 'List', 'Composition', 'Bundle', 'AuditEvent'])
/** The same measurement is taken often, and says nothing of the others. */
const COMMON: ReadonlySet<EntryKind> = new Set([
  'blood-pressure',
  'weight',
  'height',
  'vital-sign',
  'visit',
  'person',
  'care-team-member',
  'coverage',
  'dose',
  'stock',
  'link',
  'annotation',
  'task',
  'task-done',
  'other',
])

/** What of an entry tells where it belongs. */
interface Facts {
  readonly summary: EntrySummary
  /** What references call it. */
  readonly names: readonly string[]
  readonly references: readonly string[]
  readonly isNaming: boolean
  /** It names the entry in words. */
  readonly isNamed: boolean
}

/**
 * What would go on telling of an entry that is made private: what refers to it, what it alone refers to, what is the same thing once
 * more, and what names it in words. A search for words and references, no knowledge of medicine.
 */
export async function belongingsOf(deps: BelongingDeps, id: EntryId): Promise<readonly Belonging[]> {
  const { index } = deps.keeper
  const entry = index.get(id)?.summary
  if (entry === undefined) return []
  const open = new Map<EntryId, EntrySummary>()
  // What was written beside it goes along unasked.
  const goesAlong = new Set(annotationsOn(index, id).map(summary => summary.id))
  for (const { summary } of index.visible())
    if (summary.id === id || !(summary.isPrivate || goesAlong.has(summary.id))) open.set(summary.id, summary)
  const isNamed = wordsNaming(entry)
  const facts = new Map<EntryId, Facts>()
  const found = new Map<EntryId, Belonging['why']>()
  for (const shard of shardsOf(deps)) {
    for (const each of await readFacts(deps, shard, open, isNamed)) {
      facts.set(each.summary.id, each)
      if (each.isNamed && each.summary.id !== id) found.set(each.summary.id, 'names-it')
    }
  }
  for (const [other, why] of linksOf(id, facts)) found.set(other, why)
  for (const summary of open.values())
    if (summary.id !== id && isSameThing(entry, summary)) found.set(summary.id, 'same')
  const names = deps.namesOf(id)
  for (const { id: other, event, link, doneOf, about } of open.values()) {
    const named: readonly (string | undefined)[] = [event?.medicineId, link?.conditionId, link?.target, doneOf?.taskId]
    const isAbout = about?.some(name => names.includes(name)) ?? false
    if (isAbout || named.includes(id)) found.set(other, 'refers-to-it')
  }
  return [...open.values()].flatMap(summary => {
    const why = found.get(summary.id)
    return why === undefined ? [] : { summary, why }
  })
}

function shardsOf(deps: BelongingDeps): Shard[] {
  return deps.sections.flatMap(log =>
    deps
      .logOf(log)
      .shards()
      .flatMap(({ label }) => shardOf(log, label) ?? [])
      .filter(({ label }) => holdsEntries(label)),
  )
}

/** Of the shard's entries that are in `open`. */
async function readFacts(
  { shards, keeper }: BelongingDeps,
  shard: Shard,
  open: ReadonlyMap<EntryId, EntrySummary>,
  isNamed: (text: string) => boolean,
): Promise<Facts[]> {
  const prefix = idPrefix(shard)
  const doc = await shards.read(shard)
  return entriesIn(shard.label, doc).flatMap(stored => {
    const summary = open.get(entryIdIn(prefix, stored))
    if (summary === undefined || keeper.index.isPrivate(summary.id) !== (shard.isPrivate === true)) return []
    const original = originalOf(stored)
    const names = original === undefined ? [] : namesOf(parseObject(original.text), original.fullUrl)
    const references = original === undefined ? [] : referencesIn(withoutFiles(original.text))
    const isNaming = NAMING_TYPES.has(summary.resourceType)
    return [{ summary, names, references, isNaming, isNamed: isNamed(textOf(shard.label, stored)) }]
  })
}

function textOf(label: string, stored: StoredEntry): string {
  const typed = [...(typedFields(label, stored)?.fields.values() ?? [])].join('\n')
  return `${withoutFiles(originalOf(stored)?.text ?? '')}\n${typed}`
}

function linksOf(id: EntryId, facts: ReadonlyMap<EntryId, Facts>): ReadonlyMap<EntryId, Belonging['why']> {
  const byName = new Map<string, EntryId>()
  for (const { summary, names } of facts.values()) for (const name of names) byName.set(name, summary.id)
  const targetsOf = (from: EntryId) => {
    const found = facts
      .get(from)
      ?.references.flatMap(name => byName.get(name) ?? byName.get(localName(name) ?? '') ?? [])
    return new Set((found ?? []).filter(target => target !== from))
  }
  const referrers = new Map<EntryId, EntryId[]>()
  for (const from of facts.keys()) {
    for (const target of targetsOf(from)) referrers.set(target, [...(referrers.get(target) ?? []), from])
  }
  const found = new Map<EntryId, Belonging['why']>()
  let around: EntryId[] = [id]
  for (let step = 0; step < STEPS; step++) {
    const next = around.flatMap(each => (isList(facts, each) ? [] : (referrers.get(each) ?? [])))
    around = [...new Set(next)].filter(each => each !== id && !found.has(each))
    for (const each of around) found.set(each, 'refers-to-it')
  }
  const inside = new Set([id, ...found.keys()].filter(each => !isList(facts, each)))
  for (const each of inside) {
    for (const target of targetsOf(each)) {
      const isAlone = referrers.get(target)?.every(from => inside.has(from) || isList(facts, from)) ?? false
      if (isAlone && !inside.has(target) && facts.get(target)?.isNaming !== true) found.set(target, 'only-in-it')
    }
  }
  return found
}

function isList(facts: ReadonlyMap<EntryId, Facts>, id: EntryId): boolean {
  return LISTS.has(facts.get(id)?.summary.resourceType)
}

function isSameThing(one: EntrySummary, other: EntrySummary): boolean {
  if (COMMON.has(one.kind) || one.kind !== other.kind) return false
  if (one.title !== '' && fold(one.title) === fold(other.title)) return true
  return one.codes.some(
    ({ system, code }) => code !== undefined && other.codes.some(each => each.code === code && each.system === system),
  )
}
