import { beforeAll, expect, test } from 'vitest'
import { contactIdOf } from '#app/core/sharing/contact-card.ts'
import { sealLetter } from '#app/core/sharing/letter.ts'
import { dropToken, mailboxKey } from '#app/core/sharing/own-card.ts'
import { putContact } from '#app/core/sharing/people-document.ts'
import { PostOffice } from '#app/core/sharing/post-office.ts'
import { RelayClock } from '#app/core/sharing/relay-clock.ts'
import { encodeShareAnswer } from '#app/core/sharing/share-letters.ts'
import { hash } from '#crypto/hash.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { MailboxId, ShareId } from '#schema/ids.ts'
import { fail, ok } from '#schema/result.ts'
import { startAccount } from '#tests/support/test-account.ts'
import { makePerson } from './card-kit.ts'

beforeAll(readyCrypto)

/** Ana's device, which knows Bea, and an answer of hers in the mailbox. */
async function answerInMailbox() {
  const { account, clock, store, keys, end } = await startAccount()
  const office = new PostOffice(account, clock, new RelayClock(account.client, clock, store, keys.local), () => 'Ana')
  const bea = makePerson()
  await office.change(doc => {
    putContact(doc, contactIdOf(bea.principal), { card: bea.card(), bytes: bea.cardBytes(), at: clock.now() })
  })
  const { principal, shareKem } = account.keyring
  const box = mailboxKey(shareKem.secretKey)
  const answer = { shareId: ShareId.of(randomBytes(ShareId.size)), answer: 'accepted' } as const
  const letter = { to: principal, from: bea.principal, chain: bea.chain, kind: 'share-answer' } as const
  const sealed = sealLetter({ ...letter, body: encodeShareAnswer(answer) }, bea.device, shareKem.publicKey)
  await account.client.drop(MailboxId.of(hash(box.publicKey)), dropToken(box), sealed)
  const lying = async () => {
    const items = await account.client.take(box)
    return items.ok ? items.value.length : items
  }
  return { account, office, lying, end }
}

test('a letter that came too early lies there until it can be read', async () => {
  const { office, lying, end } = await answerInMailbox()
  let isEarly = true
  office.employ({ round: async () => ok(undefined), take: async () => ok(isEarly ? 'early' : undefined) })
  await office.round()
  expect(await lying()).toBe(1)
  isEarly = false
  await office.round()
  expect(await lying()).toBe(0)
  await end()
})

test('a letter is read only once all that another device of ours told the relay before is here', async () => {
  const { account, office, lying, end } = await answerInMailbox()
  const happened: string[] = []
  const level = account.levelHome.bind(account)
  account.levelHome = async () => {
    const answer = await level()
    happened.push('level')
    return answer
  }
  office.employ({
    round: async () => ok(undefined),
    take: async ({ kind }) => {
      happened.push(kind)
      return ok(undefined)
    },
  })
  await office.round()
  expect(happened).toEqual(['level', 'share-answer'])
  expect(await lying()).toBe(0)
  // Nobody asks for nothing.
  await office.round()
  expect(happened).toHaveLength(2)
  await end()
})

test('a letter that might be about what is not here yet stays in the mailbox', async () => {
  const { account, office, lying, end } = await answerInMailbox()
  const level = account.levelHome.bind(account)
  account.levelHome = async () => fail({ kind: 'unreachable' })
  expect(await office.round()).toEqual(fail({ kind: 'unreachable' }))
  expect(await lying()).toBe(1)
  account.levelHome = level
  await office.round()
  expect(await lying()).toBe(0)
  await end()
})
