import { beforeAll, expect, test } from 'vitest'
import { Account } from '#app/core/home/account.ts'
import { createAccount } from '#app/core/home/create-account.ts'
import { contactIdOf } from '#app/core/sharing/contact-card.ts'
import { sealLetter } from '#app/core/sharing/letter.ts'
import { dropToken, mailboxKey } from '#app/core/sharing/own-card.ts'
import { putContact } from '#app/core/sharing/people-document.ts'
import { PostOffice } from '#app/core/sharing/post-office.ts'
import { RelayClock } from '#app/core/sharing/relay-clock.ts'
import { encodeShareAnswer } from '#app/core/sharing/share-letters.ts'
import { makeVaultKey, vaultKeys } from '#app/core/vault/vault-key.ts'
import { hash } from '#crypto/hash.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { MailboxId, ShareId } from '#schema/ids.ts'
import { fail, ok } from '#schema/result.ts'
import { startLoopRelay } from '#tests/support/loop-link.ts'
import { makeMemoryStore } from '#tests/support/memory-store.ts'
import { makeTestClock, testRandom } from '#tests/support/test-clock.ts'
import { makePerson } from './card-kit.ts'

beforeAll(readyCrypto)

/** Ana's device, which knows Bea, and an answer of hers in the mailbox. */
async function answerInMailbox() {
  const [clock, store, keys] = [makeTestClock(), makeMemoryStore(), vaultKeys(makeVaultKey())]
  const relay = await startLoopRelay({ now: () => clock.now() })
  const deps = { store, clock, random: testRandom, localKey: keys.local }
  const about = { name: 'Ana', birthDate: '1961', deviceName: 'phone', isSample: false }
  const created = await createAccount(deps, randomBytes(32), about)
  await store.commit(created.firstWrites.flatMap(write => write.writes))
  for (const write of created.firstWrites) write.committed()
  await created.home.log.flush()
  const account = await Account.start({ ...deps, relay: relay.link() }, keys, created.row, created)
  await account.settle()
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
  async function end() {
    await account.close()
    await relay.stop()
  }
  return { account, office, lying, end }
}

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
