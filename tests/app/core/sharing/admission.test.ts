import { beforeAll, expect, test } from 'vitest'
import type { PreparedWrite } from '#app/core/log/sealed-log.ts'
import { commitAll } from '#app/core/record/commit-all.ts'
import { mayAdmit } from '#app/core/sharing/admission.ts'
import { carryLate } from '#app/core/sharing/former-logs.ts'
import { heldIn, heldText } from '#app/core/sharing/held-feeds.ts'
import { rebaseSection } from '#app/core/sharing/rebase-section.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { ok } from '#schema/result.ts'
import { startAccount } from '#tests/support/test-account.ts'

beforeAll(readyCrypto)

const NOBODY = { grants: [], readers: [] }

/** The problems went on in another log; what a share without the past says of the one before. */
async function sectionBegunAnew() {
  const { account, deps, end } = await startAccount()
  const commit = (prepared: readonly PreparedWrite[]) => commitAll(deps.store, prepared)
  const rebased = { ...deps, account, record: () => undefined, commit }
  expect(
    await rebaseSection(
      rebased,
      'problems',
      async () => NOBODY,
      () => undefined,
    ),
  ).toEqual(ok(undefined))
  const [former] = account.logs.former.values()
  const log = account.logs.sections.get('problems')
  if (former === undefined || log === undefined) throw new Error('Not begun anew')
  const mayLetIn = (since: string, withHistory = false) => {
    const share = { principals: [], withHistory, since: new Map([['problems', since]] as const) }
    return mayAdmit(account, share, log, 'problems')
  }
  return { account, former, log, mayLetIn, end }
}

test('mayAdmit() waits for what who shared had of a log that another device began anew, and until it was carried over', async () => {
  const { former, log, mayLetIn, end } = await sectionBegunAnew()
  expect(await mayLetIn(heldText(former))).toBe(true)
  await former.change('entries/0', (doc: Record<string, unknown>) => void (doc['late'] = true))
  // The other device has it, this one not yet.
  const [feed] = former.feeds()
  expect(await mayLetIn(`${former.id} ${feed!.writer}:${feed!.next + 1}`)).toBe(false)
  await former.flush()
  const since = heldText(former)
  expect(await mayLetIn(since)).toBe(false)
  expect(await carryLate(former, log)).toEqual(ok(true))
  expect(await mayLetIn(since)).toBe(true)
  await end()
})

test.each([true, false])(
  'mayAdmit() waits for what who shared had made private, with history: %s',
  async withHistory => {
    const { account, log, mayLetIn, end } = await sectionBegunAnew()
    const privateLog = account.logs.sections.get('private')!
    const since = await heldIn(account, log, 'problems')
    expect(await mayLetIn(since, withHistory)).toBe(true)
    await privateLog.change('problems/entries/0', (doc: Record<string, unknown>) => void (doc['p:a.b'] = 'private'))
    const [feed] = privateLog.feeds()
    // The other device has it, this one not yet.
    const later = since.replace(`${feed!.writer}:${feed!.next}`, `${feed!.writer}:${feed!.next + 1}`)
    expect(await mayLetIn(later, withHistory)).toBe(false)
    await privateLog.flush()
    expect(await heldIn(account, log, 'problems')).toBe(later)
    expect(await mayLetIn(later, withHistory)).toBe(true)
    await end()
  },
)

test('mayAdmit() asks nothing of a log that went', async () => {
  const { account, former, mayLetIn, end } = await sectionBegunAnew()
  const since = `${former.id} ${former.writer}:99`
  expect(await mayLetIn(since)).toBe(false)
  await account.forget(former.id)
  expect(await mayLetIn(since)).toBe(true)
  await end()
})
