import { beforeAll, describe, expect, test } from 'vitest'
import { beginRotation, runRotation } from '#app/core/devices/rotation.ts'
import { contactIdOf } from '#app/core/sharing/contact-card.ts'
import { putShare } from '#app/core/sharing/given-changes.ts'
import { GIVEN_SHARD, type GivenDocument } from '#app/core/sharing/given-document.ts'
import { PEOPLE_SHARD, type PeopleDocument, putContact } from '#app/core/sharing/people-document.ts'
import { hash } from '#crypto/hash.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { toHex } from '#schema/bytes.ts'
import { PrincipalId, ShareId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { ok } from '#schema/result.ts'
import { makePerson } from '#tests/app/core/sharing/card-kit.ts'
import { makeEpochKey } from '#tests/support/log-kit.ts'
import { startAccount } from '#tests/support/test-account.ts'

beforeAll(readyCrypto)

const HOUR_MS = 3600_000
const YEAR_MS = 365 * 24 * HOUR_MS

/** Somebody with a place in the log of a section, by a share until `until`. */
async function shareWith({ account }: Pick<Awaited<ReturnType<typeof startAccount>>, 'account'>, until: Instant) {
  const [person, { log: home }] = [makePerson(), account.logs.home]
  const log = account.logs.sections.get('problems')!
  const [principal, contact] = [PrincipalId.of(makeSigningKey().publicKey), contactIdOf(person.principal)]
  await home.change<PeopleDocument>(PEOPLE_SHARD, doc =>
    putContact(doc, contact, { card: person.card(), bytes: person.cardBytes(), at: instant(0) }),
  )
  await home.change<GivenDocument>(GIVEN_SHARD, doc =>
    putShare(doc, {
      id: ShareId.of(randomBytes(16)),
      contact,
      principal,
      until,
      role: 'read',
      withHistory: true,
      createdAt: instant(0),
      holderKey: randomBytes(32),
      kemMark: randomBytes(32),
      by: account.deviceId,
      sections: ['problems'],
      since: new Map(),
    }),
  )
  const readers = [{ kemPublicKey: person.card().shareKem, notAfter: until }]
  await log.writeEpoch(makeEpochKey(), [], [], { grants: [{ principal, role: 'read' }], readers })
  return () => log.members().readers.has(toHex(hash(person.card().shareKem)))
}

describe('a rotation by a clock', () => {
  test.each([
    ['a year behind', -YEAR_MS],
    ['a year ahead', YEAR_MS],
  ])(
    'a rotation by a clock that is %s seals new keys to whom the relay has in still, and to nobody else',
    async (_, off) => {
      const { account, clock, end } = await startAccount()
      const isSealedToBea = await shareWith({ account }, instant(clock.now() + HOUR_MS))
      const isSealedToCal = await shareWith({ account }, instant(clock.now() - HOUR_MS))
      const wrong = { ...clock, now: () => instant(clock.now() + off) }
      await beginRotation(account.logs.home, wrong, account.deviceId, [])
      await account.refreshed()
      const rotated = await runRotation(
        {
          me: account.deviceId,
          home: account.logs.home,
          client: account.client,
          clock: wrong,
          sections: () => account.sectionLogs(),
          settle: () => account.settle(),
          levelHome: () => account.levelHome(),
          saveHomeKey: key => account.saveHomeKey(key),
          progress: () => undefined,
        },
        account.keyring.rotations[0]!.id,
      )
      expect(rotated).toEqual(ok(undefined))
      expect([isSealedToBea(), isSealedToCal()]).toEqual([true, false])
      await end()
    },
  )
})
