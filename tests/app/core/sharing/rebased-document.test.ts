import * as A from '@automerge/automerge/slim'
import { beforeAll, expect, test } from 'vitest'
import type { SealedLog } from '#app/core/log/sealed-log.ts'
import type { LogAuthors } from '#app/core/record/authors.ts'
import { headsText } from '#app/core/record/carry-over.ts'
import type { DocMap } from '#app/core/record/flat-fields.ts'
import { carryUnsent } from '#app/core/sharing/carry-unsent.ts'
import { carryLate } from '#app/core/sharing/former-logs.ts'
import { isCarried } from '#app/core/sharing/successors.ts'
import {
  putCarried,
  putRebased,
  readRebased,
  REBASED_LABEL,
  rebasedIn,
  type RebasedDocument,
} from '#app/core/sharing/rebased-document.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { LogId, PrincipalId } from '#schema/ids.ts'
import { ok } from '#schema/result.ts'
import { deliver, grantTo, makeGrant, type Replica, tellStory } from '#tests/support/log-kit.ts'

beforeAll(readyCrypto)

const LABEL = 'entries/0'

/** Hand-made entries, in a bucket each. */
async function put(log: SealedLog, entry: string, fields: DocMap): Promise<void> {
  await log.change<DocMap>(LABEL, doc => {
    doc[entry] = { [entry]: fields }
  })
  expect((await log.flush()).ok).toBe(true)
}

const headsOf = (log: SealedLog) => headsText(log.shards().find(({ label }) => label === LABEL)?.heads ?? [])
const entriesOf = async (log: SealedLog) => Object.keys(await log.read<DocMap>(LABEL)).toSorted()

/** Ana's section began anew without what was in its bin; Bea, who may add, has the new log, and Ana's tablet both. */
async function begunAnew() {
  const [former, story] = [(await tellStory()).creator.log, await tellStory()]
  await put(former, 'binned', { b: 5 })
  const place = `${former.id}/${LABEL}`
  await story.creator.log.change<RebasedDocument>(REBASED_LABEL, doc =>
    putRebased(doc, former.id, new Map([[place, headsOf(former)]])),
  )
  await put(story.creator.log, 'kept', {})
  const bea = await grantTo(story, makeGrant(), 'write')
  const tablet = await story.join()
  await deliver(story.creator, tablet)
  return { former, place, bea, tablet }
}

/** What a changed app of Bea's says about it, as the tablet hears it. */
async function says(bea: Replica, tablet: Replica, edit: (doc: RebasedDocument) => void): Promise<void> {
  await bea.log.change<RebasedDocument>(REBASED_LABEL, edit)
  expect((await bea.log.flush()).ok).toBe(true)
  await deliver(bea, tablet)
  expect(tablet.log.quarantine()).toEqual([])
}

test('a member who says what was carried over brings back nothing that was left behind', async () => {
  const wipes: ((doc: RebasedDocument, place: string) => void)[] = [
    (doc, place) => void delete doc.heads[place],
    doc => void delete (doc as Partial<RebasedDocument>).heads,
    doc => void (doc.heads = {}),
    (doc, place) => void (doc.heads[place] = new A.ImmutableString('')),
  ]
  for (const wipe of wipes) {
    const { former, place, bea, tablet } = await begunAnew()
    await says(bea, tablet, doc => wipe(doc, place))
    expect(await carryLate(former, tablet.log)).toEqual(ok(true))
    expect(await entriesOf(tablet.log)).toEqual(['kept'])
  }
})

test('a member who says that all was carried over keeps out nothing that comes late', async () => {
  const { former, place, bea, tablet } = await begunAnew()
  await put(former, 'late', {})
  await says(bea, tablet, doc => void (doc.heads[place] = new A.ImmutableString(headsOf(former))))
  expect(await isCarried(former, tablet.log)).toBe(false)
  expect(await carryLate(former, tablet.log)).toEqual(ok(true))
  expect(await entriesOf(tablet.log)).toEqual(['kept', 'late'])
  expect(await isCarried(former, tablet.log)).toBe(true)
})

test('a member who takes the map away, or puts something else there, stops nobody from carrying over', async () => {
  for (const junk of [undefined, 'none', 7, new A.ImmutableString('none')]) {
    const { former, bea, tablet } = await begunAnew()
    await put(former, 'late', {})
    await says(bea, tablet, doc => {
      if (junk === undefined) delete (doc as Partial<RebasedDocument>).heads
      else doc.heads = junk as unknown as RebasedDocument['heads']
    })
    expect(await carryLate(former, tablet.log)).toEqual(ok(true))
    expect(await entriesOf(tablet.log)).toEqual(['kept', 'late'])
    expect(await isCarried(former, tablet.log)).toBe(true)
    // Another member, who wrote before it began anew, still sees that it did.
    expect(await carryUnsent(former, tablet.log)).toEqual(ok(true))
  }
})

test('a log that nobody began anew is not called so by a member', async () => {
  const story = await tellStory()
  await put(story.creator.log, 'kept', {})
  const bea = await grantTo(story, makeGrant(), 'write')
  await says(bea, story.creator, doc => putRebased(doc, bea.log.id, new Map([[`${bea.log.id}/${LABEL}`, '']])))
  expect(await rebasedIn(story.creator.log)).toBeUndefined()
})

test('readRebased() takes the later of what two devices of the owner noted at once, as the document does', () => {
  const [ONE, TWO, MEMBER] = ['aa', 'bb', 'cc'].map(byte => byte.repeat(16)) as [string, string, string]
  const ana = PrincipalId.parse('a1'.repeat(32))!
  const authors: LogAuthors = {
    hasOthers: true,
    writerOf: actor => ({ principal: actor === MEMBER ? PrincipalId.parse('be'.repeat(32))! : ana }),
    isOwner: one => one === ana,
  }
  const from = LogId.parse('12'.repeat(16))!
  const note = (actor: string, text: string) => (doc: A.Doc<RebasedDocument>) =>
    A.change(A.clone(doc, { actor }), draft => putCarried(draft, 'log/a', text))
  const begun = A.change(A.init<RebasedDocument>({ actor: ONE }), doc =>
    putRebased(doc, from, new Map([['log/a', '1']])),
  )
  const both = A.merge(note(ONE, '2')(begun), note(TWO, '3')(begun))
  const plain = readRebased(both, { ...authors, hasOthers: false })
  expect(plain).toEqual({ from, heads: new Map([['log/a', String(both.heads['log/a'])]]) })
  expect(readRebased(both, authors)).toEqual(plain)
  expect(readRebased(note(MEMBER, '4')(both), authors)).toEqual(plain)
  expect(readRebased(note(TWO, '5')(note(MEMBER, '4')(both)), authors)?.heads.get('log/a')).toBe('5')
})
