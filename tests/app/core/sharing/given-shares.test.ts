import { beforeAll, expect, test } from 'vitest'
import type { PreparedWrite } from '#app/core/log/sealed-log.ts'
import { commitAll } from '#app/core/record/commit-all.ts'
import { contactIdOf } from '#app/core/sharing/contact-card.ts'
import { GivenShares } from '#app/core/sharing/given-shares.ts'
import { putContact } from '#app/core/sharing/people-document.ts'
import { PostOffice } from '#app/core/sharing/post-office.ts'
import { RelayClock } from '#app/core/sharing/relay-clock.ts'
import { encodeShareAnswer } from '#app/core/sharing/share-letters.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { ShareId } from '#schema/ids.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { ok } from '#schema/result.ts'
import { startAccount } from '#tests/support/test-account.ts'
import { makePerson } from './card-kit.ts'

beforeAll(readyCrypto)

test('take() leaves an answer to a share that is not here yet: another device of ours told of it first', async () => {
  const { account, clock, store, keys, deps, end } = await startAccount()
  const office = new PostOffice(account, clock, new RelayClock(account.client, clock, store, keys.local), () => 'Ana')
  const commit = (prepared: readonly PreparedWrite[]) => commitAll(store, prepared)
  const given = new GivenShares(office, keys.local, () => 'Ana', { ...deps, account, record: () => undefined, commit })
  const bea = makePerson()
  const id = contactIdOf(bea.principal)
  await office.change(doc => putContact(doc, id, { card: bea.card(), bytes: bea.cardBytes(), at: clock.now() }))
  const contact = (await office.book()).contacts[0]!
  const answer = (shareId: ShareId) => {
    const body = encodeShareAnswer({ shareId, answer: 'accepted' })
    return { to: office.me, from: bea.principal, chain: bea.chain, kind: 'share-answer', body } as const
  }
  expect(await given.take(answer(ShareId.of(randomBytes(ShareId.size))), contact)).toEqual(ok('early'))
  const share = {
    role: 'read',
    until: NEVER,
    withHistory: true,
    createdAt: clock.now(),
    sections: ['problems'],
  } as const
  const begun = await given.begin({ ...share, contact: id })
  if (!begun.ok) throw new Error(begun.failure)
  expect(await given.take(answer(begun.value), contact)).toEqual(ok(undefined))
  expect((await given.shares())[0]?.isAccepted).toBe(true)
  await end()
})
