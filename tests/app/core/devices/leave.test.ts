import { beforeAll, expect, test } from 'vitest'
import { leaveAccount } from '#app/core/devices/leave.ts'
import { dropToken, mailboxKey } from '#app/core/sharing/own-card.ts'
import { hash } from '#crypto/hash.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { MailboxId } from '#schema/ids.ts'
import { ok } from '#schema/result.ts'
import { startAccount } from '#tests/support/test-account.ts'

beforeAll(readyCrypto)

test('leaveAccount() of the last device takes every log and every unread letter off the relay', async () => {
  const { account, clock, end } = await startAccount()
  const box = mailboxKey(account.keyring.shareKem.secretKey)
  const mailbox = MailboxId.of(hash(box.publicKey))
  for (let letter = 0; letter < 3; letter++) {
    expect(await account.client.drop(mailbox, dropToken(box), randomBytes(400))).toEqual(ok(undefined))
  }
  const logs = account.allLogs().map(({ id }) => id)
  expect(logs.length).toBeGreaterThan(0)
  await leaveAccount(account, clock)
  expect(await account.client.take(box)).toEqual(ok([]))
  for (const id of logs) {
    expect(await account.client.deleteLog(id)).toEqual(ok(undefined))
    expect((await account.client.allFrames(id)).ok).toBe(false)
  }
  await end()
})
