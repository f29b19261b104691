import { expect, test, vi } from 'vitest'
import type { Session } from '#app/core/session.ts'
import { condition, household, slowDown, titles } from '#tests/support/household.ts'
import { accept, contactOf, makePerson, meet, passphraseOf, share } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 60_000 })

const passphrase = passphraseOf('Ana')
const { device } = household()

/** What somebody may have asked for just before the vault locks, of each desk something. */
function asked(s: Session, contactId: string, shareId: string): Record<string, Promise<unknown>> {
  const sections = ['medicines'] as const
  return {
    share: s.share({ contactId, sections, role: 'read', withHistory: false, passphrase }),
    changeShare: s.changeShare(shareId, { isPaused: true }),
    invite: s.invite(),
    markCompared: s.markCompared(contactId),
    renameContact: s.renameContact(contactId, 'Beatrice'),
    checkMail: s.checkMail(),
    addEntry: s.addEntry(condition('Cough')),
    timelineRows: s.timelineRows({}, 0, 9),
    exportFhir: s.exportFhir({ passphrase }),
    eraseHistory: s.eraseHistory(['problems'], passphrase),
    devices: s.devices(),
    makeBackup: s.makeBackup({ readme: '' }),
    fetchAccess: s.fetchAccess(),
    decideLate: s.decideLate('nobody', 'take'),
    changeSettings: s.changeSettings({ autoLockMinutes: 5 }),
    removeContact: s.removeContact(contactId),
  }
}

test.each([0, 30])('whatever is under way when the vault locks ends with an answer (%i ms before)', async ms => {
  const [ana, bea] = [await makePerson(device, 'Ana'), await makePerson(device, 'Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  const { contactId } = (await contactOf(ana.session, 'Bea'))!
  const shareId = await share(ana, 'Bea')
  await accept(ana, bea, shareId)
  slowDown(ana)
  const acts = asked(ana.session, contactId, shareId)
  const answers = Promise.allSettled(Object.values(acts))
  await new Promise(resolve => setTimeout(resolve, ms))
  await ana.session.lock()
  const broken = (await answers).flatMap((answer, index) =>
    answer.status === 'rejected' ? [`${Object.keys(acts)[index]}: ${answer.reason}`] : [],
  )
  expect(broken).toEqual([])
  expect((await ana.session.unlock(passphrase)).ok).toBe(true)
  const said = (await acts['addEntry']) as { readonly ok: boolean }
  expect((await titles(ana.session)).includes('Cough')).toBe(said.ok)
})
