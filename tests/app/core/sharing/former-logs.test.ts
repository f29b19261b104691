import { ImmutableString } from '@automerge/automerge/slim'
import { beforeAll, expect, test, vi } from 'vitest'
import type { Members, PreparedWrite, SealedLog } from '#app/core/log/sealed-log.ts'
import { commitAll } from '#app/core/record/commit-all.ts'
import { contactIdOf } from '#app/core/sharing/contact-card.ts'
import { addHandMade, entryIn } from '#app/core/record/stored-entry.ts'
import type { DocMap } from '#app/core/record/flat-fields.ts'
import { setTaken, setWhere } from '#app/core/record/private-shard.ts'
import { carryLate, FormerLogs } from '#app/core/sharing/former-logs.ts'
import { endShare, putShare } from '#app/core/sharing/given-changes.ts'
import { GIVEN_SHARD, type GivenDocument } from '#app/core/sharing/given-document.ts'
import { grantKeys } from '#app/core/sharing/grant.ts'
import { putCarried, REBASED_LABEL, type RebasedDocument } from '#app/core/sharing/rebased-document.ts'
import { rebaseSection } from '#app/core/sharing/rebase-section.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { ShareId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import type { Section } from '#schema/record/sections.ts'
import { ok } from '#schema/result.ts'
import { makeEpochKey } from '#tests/support/log-kit.ts'
import { startAccount } from '#tests/support/test-account.ts'
import { until } from '#tests/support/test-device.ts'
import { unheardDuring } from '#tests/support/unheard.ts'
import { makePerson } from './card-kit.ts'

beforeAll(readyCrypto)

const LABEL = 'entries/0'
type Entries = Record<string, Record<string, string>>
const NOBODY = { grants: [], readers: [] }

async function write(log: SealedLog, entry: string): Promise<void> {
  await log.change<Entries>(LABEL, doc => {
    doc['ours'] ??= {}
    doc['ours'][entry] = 'here'
  })
  expect((await log.flush()).ok).toBe(true)
}

const entriesOf = async (log: SealedLog) => Object.keys((await log.read<Entries>(LABEL))['ours'] ?? {})

/** Bea has the problems, also where they went on; the allergies went on too, and nobody has them. */
async function begunAnewWithBea() {
  const { account, clock, deps, end } = await startAccount()
  const [bea, { principal, holder }] = [makePerson(), grantKeys(randomBytes(32))]
  const grant = { principal, holderKey: holder.publicKey, kemMark: randomBytes(32), by: account.deviceId }
  const terms = { role: 'read', until: NEVER, withHistory: true, createdAt: clock.now() } as const
  const share = { ...grant, ...terms, contact: contactIdOf(bea.principal), id: ShareId.of(randomBytes(ShareId.size)) }
  const readers = [{ kemPublicKey: bea.shareKem.publicKey, notAfter: NEVER }]
  const commit = (prepared: readonly PreparedWrite[]) => commitAll(deps.store, prepared)
  const rebased = { ...deps, account, record: () => undefined, commit }
  const begin = async (section: Section, members: Members, noted: (doc: GivenDocument) => void = () => undefined) => {
    const former = account.logs.sections.get(section)
    expect(await rebaseSection(rebased, section, async () => members, noted)).toEqual(ok(undefined))
    const log = account.logs.sections.get(section)
    if (former === undefined || log === undefined) throw new Error('Not begun anew')
    return { former, log }
  }
  const problems = await begin('problems', { grants: [{ principal, role: 'read' }], readers }, doc =>
    putShare(doc, { ...share, sections: ['problems'], since: new Map() }),
  )
  const allergies = await begin('allergies', NOBODY)
  const { log: home } = account.logs.home
  const stop = async () => {
    const ending = { at: clock.now(), logs: [problems.log.id] }
    await home.change<GivenDocument>(GIVEN_SHARD, doc => endShare(doc, share.id, 'stopped', ending))
    expect((await home.flush()).ok).toBe(true)
  }
  return { account, principal, problems, allergies, stop, end }
}

test('FormerLogs brings what another device wrote after the end of a share to where its recipient still reads only once they are out', async () => {
  const { account, principal, problems, allergies, stop, end } = await begunAnewWithBea()
  const carrying = new FormerLogs(account)
  await write(problems.former, 'before')
  await until(async () => (await entriesOf(problems.log)).includes('before'))
  await stop()
  await write(problems.former, 'after')
  // Each log is looked at once until the next one of these comes.
  for (const entry of ['one', 'two']) {
    await write(allergies.former, entry)
    await until(async () => (await entriesOf(allergies.log)).includes(entry))
  }
  expect(await entriesOf(problems.log)).toEqual(['before'])
  await problems.log.writeEpoch(makeEpochKey(), [], [{ kind: 'principal', id: principal }], NOBODY)
  await until(async () => (await entriesOf(problems.log)).includes('after'))
  await carrying.stop()
  await end()
})

test('FormerLogs brings nothing over of what another device had made private before it began the section anew', async () => {
  const { account, problems, allergies, end } = await begunAnewWithBea()
  const privateLog = account.logs.sections.get('private')!
  const begunWithout = account.keyring.logs.find(({ logId }) => logId === allergies.log.id)?.begunWithout ?? ''
  const [feed] = privateLog.feeds()
  // The other device had one more, which is on its way to this one.
  const later = begunWithout.replace(`${feed!.writer}:${feed!.next}`, `${feed!.writer}:${feed!.next + 1}`)
  expect(later).not.toBe(begunWithout)
  await account.logs.home.changeKeyring(doc => {
    doc.logs[allergies.log.id]!.begunWithout = new ImmutableString(later)
  })
  await account.refreshed()
  const carrying = new FormerLogs(account)
  await write(allergies.former, 'secret')
  await write(allergies.former, 'open')
  for (const entry of ['one', 'two']) {
    await write(problems.former, entry)
    await until(async () => (await entriesOf(problems.log)).includes(entry))
  }
  expect(await entriesOf(allergies.log)).toEqual([])
  await privateLog.change<Record<string, string>>(`allergies/${LABEL}`, doc => void (doc['p:ours.secret'] = 'private'))
  expect((await privateLog.flush()).ok).toBe(true)
  await until(async () => (await entriesOf(allergies.log)).includes('open'))
  expect(await entriesOf(allergies.log)).toEqual(['open'])
  await carrying.stop()
  await end()
})

test('FormerLogs carries over what comes after a time when that broke off, and a lock waits for it as ever', async () => {
  const { account, allergies, end } = await begunAnewWithBea()
  const reading = vi.spyOn(allergies.former, 'shards').mockImplementationOnce(() => {
    throw new Error('Broken off')
  })
  const unheard = await unheardDuring(async () => {
    const carrying = new FormerLogs(account)
    await until(() => reading.mock.calls.length > 0)
    await write(allergies.former, 'late')
    await until(async () => (await entriesOf(allergies.log)).includes('late'))
    await carrying.stop()
  })
  expect(unheard).toEqual([new Error('Broken off')])
  await end()
})

test('carryLate() says nothing the second time where nobody knows how far a closed log went: FormerLogs would go round for ever', async () => {
  const { problems, end } = await begunAnewWithBea()
  await problems.log.change<RebasedDocument>(REBASED_LABEL, doc =>
    putCarried(doc, `${problems.former.id}/${LABEL}`, 'ab'.repeat(32)),
  )
  await write(problems.former, 'late')
  const carry = () => carryLate(problems.former, problems.log, { isClosed: true })
  expect(await carry()).toEqual(ok(true))
  expect(await entriesOf(problems.log)).toEqual(['late'])
  const said: unknown[] = []
  problems.log.subscribe(event => void said.push(event))
  expect(await carry()).toEqual(ok(true))
  expect(said).toEqual([])
  await end()
})

test('FormerLogs takes along what was made open again in a log that had gone on without it', async () => {
  const { account, allergies, end } = await begunAnewWithBea()
  const privateLog = account.logs.sections.get('private')!
  const name = 'a~0.k1'
  const inPrivate = (change: (doc: DocMap) => void) => privateLog.change<DocMap>(`allergies/${LABEL}`, change)
  await inPrivate(doc => setWhere(doc, name, 'private'))
  const carrying = new FormerLogs(account)
  await allergies.former.change<DocMap>(LABEL, doc =>
    addHandMade(doc, 'a~0', 'k1', { kind: 'condition', name: 'Asthma', clinicalStatus: 'active' }, instant(1)),
  )
  expect((await allergies.former.flush()).ok).toBe(true)
  await write(allergies.former, 'open')
  await until(async () => (await entriesOf(allergies.log)).includes('open'))
  const stands = async () => entryIn(LABEL, await allergies.log.read<DocMap>(LABEL), 'a~0', 'k1') !== undefined
  expect(await stands()).toBe(false)
  await inPrivate(doc => {
    setWhere(doc, name, 'open')
    setTaken(doc, name, { heads: '', putIn: allergies.former.id })
  })
  await until(stands)
  await carrying.stop()
  await end()
})
