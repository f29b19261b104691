import * as A from '@automerge/automerge/slim'
import type { Instant } from '#schema/instant.ts'
import type { EntryId } from '#schema/record/entry.ts'
import type { LogAuthors } from './authors.ts'
import { placeOf } from './entry-place.ts'
import { actorAt, type DocMap, rivals, setField, textIn } from './flat-fields.ts'
import { nameOf } from './private-shard.ts'

/** The shard that says which entries of a section are the same thing, and which are not (decision 28). */
export const SAME_LABEL = 'same'

export type SameAnswer = 'same' | 'different'

export interface SameLink {
  /** In order. */
  readonly ids: readonly [EntryId, EntryId]
  readonly answer: SameAnswer
}

type Authors = Pick<LogAuthors, 'hasOthers' | 'writerOf' | 'isOwner'>

/** The same text for both orders. */
export function pairName(one: EntryId, other: EntryId): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`
}

const isAnswer = (text: string | undefined): text is SameAnswer => text === 'same' || text === 'different'

/** What the owner's own devices said. Of what they said at once, `different` counts. */
export function linksIn(doc: DocMap, authors: Authors): SameLink[] {
  return Object.keys(doc).flatMap(key => {
    const ids = idsIn(key)
    if (ids === undefined) return []
    const said = answersAt(doc, key, authors)
    if (said.length === 0) return []
    return [{ ids, answer: said.includes('different') ? 'different' : 'same' }]
  })
}

function idsIn(key: string): SameLink['ids'] | undefined {
  if (!key.startsWith('f:')) return undefined
  const [one = '', other = '', ...more] = key.slice(2).split(' ')
  const [from, to] = [placeOf(one), placeOf(other)]
  const isPair = from !== undefined && to !== undefined && more.length === 0 && one < other
  return isPair && from.section === to.section ? [one as EntryId, other as EntryId] : undefined
}

function answersAt(doc: DocMap, key: string, authors: Authors) {
  const shown = [actorAt(doc, doc, key), doc[key]] as const
  const all = [shown, ...rivals(doc, key).map(([operation, value]) => [operation.split('@')[1], value] as const)]
  return all.flatMap(([actor, value]) => {
    const answer = textIn(value)
    if (!isAnswer(answer)) return []
    if (!authors.hasOthers) return [answer]
    const writer = actor === undefined ? undefined : authors.writerOf(actor)
    return writer !== undefined && authors.isOwner(writer.principal) ? [answer] : []
  })
}

/** Inside a change. `null`: as if nothing had been said. */
export function setLink(doc: DocMap, { ids }: Pick<SameLink, 'ids'>, answer: SameAnswer | null, now: Instant): void {
  setField({ map: doc, prefix: '' }, pairName(...ids), answer, now)
}

/**
 * The shard's own document as it may be carried into another log by the owner's device, whose word it becomes there: the owner's answers,
 * and none that names an entry of `leftOut` (names by label).
 */
export function carriedLinks(
  doc: DocMap,
  authors: Authors,
  leftOut: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): DocMap {
  const isLeftOut = (id: EntryId) => {
    const place = placeOf(id)
    return place !== undefined && leftOut.get(place.label)?.has(nameOf(place)) === true
  }
  return documentOf(
    doc,
    linksIn(doc, authors).filter(({ ids }) => !ids.some(isLeftOut)),
  )
}

function documentOf(doc: DocMap, links: readonly SameLink[]): DocMap {
  return Object.fromEntries(
    links.flatMap(({ ids, answer }) => {
      const name = pairName(...ids)
      return [
        [`f:${name}`, new A.ImmutableString(answer)],
        [`t:${name}`, doc[`t:${name}`] ?? 0],
      ]
    }),
  )
}

/** Whether a shard of this label, in whichever log, holds answers. */
export function holdsLinks(label: string): boolean {
  return label === SAME_LABEL || label.endsWith(`/${SAME_LABEL}`)
}

/** Of what `carriedLinks` answered a shard in one change, with answers about entries that `isKept`; undefined when there are none. */
export async function rebaseLinks(
  carried: DocMap,
  actor: string,
  isKept: (id: EntryId) => Promise<boolean>,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const kept: SameLink[] = []
  for (const link of linksIn(carried, BELIEVED)) {
    if ((await isKept(link.ids[0])) && (await isKept(link.ids[1]))) kept.push(link)
  }
  if (kept.length === 0) return undefined
  const fresh = documentOf(carried, kept)
  const made = A.change(A.init<DocMap>({ actor }), draft => void Object.assign(draft, fresh))
  const save = new Uint8Array(A.save(made))
  A.free(made)
  return save
}

/** What other writers said was left behind before. */
const BELIEVED: Authors = { hasOthers: false, writerOf: () => undefined, isOwner: () => true }
