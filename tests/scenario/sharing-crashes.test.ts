import { expect, test, vi } from 'vitest'
import { backedUp, condition, household } from '#tests/support/household.ts'
import type { TestDevice } from '#tests/support/test-device.ts'
import {
  contactOf,
  exchange,
  knows,
  makePerson,
  meet,
  passphraseOf,
  peopleOf,
  sharesOf,
} from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 900_000 })

const MANY = { perSecond: 10_000, burst: 100_000 }
const { device } = household({ newDrops: MANY, newLogs: MANY })
const person = (name: string) => makePerson(device, name)
const WHENS = ['before', 'after'] as const

/**
 * `begin` on a device that dies in its first commit, then in its second, and so on until it gets through; `goOn` after each restart must
 * bring it to its end, `tidy` makes room for the next time. Answers the device that lives at last, and how often it died.
 */
async function dyingAtEachCommit(
  start: TestDevice,
  name: string,
  steps: {
    begin(dying: TestDevice): Promise<() => Promise<boolean>>
    goOn(again: TestDevice): Promise<void>
    tidy(again: TestDevice): Promise<void>
  },
): Promise<number> {
  let living = start
  for (let number = 1; ; number++) {
    const isThrough = await steps.begin(living)
    // After a commit is before the next one but for what was asked of the relay between them.
    living.store.killAt(living.store.commits + number, WHENS[number % 2]!)
    const end = performance.now() + 120_000
    while (!living.store.isKilled && !(await settled(isThrough))) {
      if (performance.now() > end) throw new Error('Neither killed nor through')
      await new Promise(resolve => setTimeout(resolve, 10))
    }
    const isOver = !living.store.isKilled
    living = await living.restart()
    expect((await living.session.unlock(passphraseOf(name))).ok).toBe(true)
    await steps.goOn(living)
    if (isOver) return number - 1
    await steps.tidy(living)
  }
}

/** A question to a process that may die over it. */
async function settled(ask: () => Promise<boolean>): Promise<boolean> {
  return Promise.race([ask(), new Promise<boolean>(resolve => setTimeout(() => resolve(false), 200))])
}

async function beginShare({ session }: TestDevice) {
  const contact = await contactOf(session, 'Bea')
  const request = { contactId: contact!.contactId, sections: ['problems'], role: 'read', withHistory: false } as const
  return () => session.share({ ...request, passphrase: passphraseOf('Ana') })
}

const openGiven = async ({ session }: TestDevice) =>
  (await sharesOf(session)).given.find(one => one.state !== 'ended' && one.state !== 'ending')
const openReceived = async ({ session }: TestDevice) =>
  (await sharesOf(session)).received.find(one => one.state !== 'ended')

async function stopAll(ana: TestDevice, bea: TestDevice): Promise<void> {
  const given = await openGiven(ana)
  if (given !== undefined) await ana.session.stopShare(given.shareId)
  await exchange([ana.session, bea.session], async () => {
    const isOver = (await sharesOf(ana.session)).given.every(one => one.state === 'ended')
    return isOver && (await openReceived(bea)) === undefined
  })
}

async function anaAndBea() {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  await ana.session.addEntry(condition('Asthma'))
  await backedUp(ana.session)
  return { ana, bea }
}

test('a giver who dies at any commit between “Share now” and the letter has shared, or has not, and never half', async () => {
  const { ana, bea } = await anaAndBea()
  const deaths = await dyingAtEachCommit(ana, 'Ana', {
    async begin(dying) {
      const share = await beginShare(dying)
      void share().then(() => dying.session.checkMail())
      return async () => (await openGiven(dying))?.state === 'offered'
    },
    async goOn(again) {
      const once = await (await beginShare(again))()
      expect(once.ok || once.failure.kind).toSatisfy(answer => answer === true || answer === 'already-shared')
      await exchange([again.session, bea.session], async () => (await openReceived(bea)) !== undefined)
      expect((await sharesOf(again.session)).given.filter(one => one.state !== 'ended')).toHaveLength(1)
    },
    tidy: again => stopAll(again, bea),
  })
  expect(deaths).toBeGreaterThan(8)
})

test('a guest who dies at any commit of meeting is met after the restart', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  let code = ''
  const deaths = await dyingAtEachCommit(bea, 'Bea', {
    async begin(dying) {
      const invited = await ana.session.invite()
      if (!invited.ok) throw new Error(invited.failure.kind)
      code = invited.value.code
      void dying.session.acceptInvitation(code)
      return async () => {
        await ana.session.checkMail()
        void dying.session.checkMail()
        return (await knows(ana.session, 'Bea')) && knows(dying.session, 'Ana')
      }
    },
    async goOn(again) {
      // Only what was noted goes on by itself; the link is still there to be opened again.
      if ((await contactOf(again.session, 'Ana')) === undefined) {
        expect((await again.session.acceptInvitation(code)).ok).toBe(true)
      }
      await exchange(
        [ana.session, again.session],
        async () => (await knows(ana.session, 'Bea')) && knows(again.session, 'Ana'),
      )
    },
    async tidy(again) {
      for (const { session } of [ana, again]) {
        for (const { contactId } of (await peopleOf(session)).contacts) await session.removeContact(contactId)
      }
    },
  })
  expect(deaths).toBeGreaterThan(3)
})
