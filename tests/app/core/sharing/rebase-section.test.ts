import { beforeAll, expect, test } from 'vitest'
import type { Members, PreparedWrite } from '#app/core/log/sealed-log.ts'
import { commitAll } from '#app/core/record/commit-all.ts'
import { rebaseSection } from '#app/core/sharing/rebase-section.ts'
import { grantKeys } from '#app/core/sharing/grant.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { ok } from '#schema/result.ts'
import { startAccount } from '#tests/support/test-account.ts'

beforeAll(readyCrypto)

test('rebaseSection() begins without whoever went while it was made: what it read may have been written since', async () => {
  const { account, deps, end } = await startAccount()
  const commit = (prepared: readonly PreparedWrite[]) => commitAll(deps.store, prepared)
  const { principal } = grantKeys(randomBytes(32))
  const before: Members = { grants: [{ principal, role: 'read' }], readers: [] }
  const told = [before]
  const members = async () => told.shift() ?? { grants: [], readers: [] }
  const rebased = { ...deps, account, record: () => undefined, commit }
  expect(await rebaseSection(rebased, 'problems', members, () => undefined)).toEqual(ok(undefined))
  const log = account.logs.sections.get('problems')!
  expect(log.members().roster.map(entry => entry.principal)).toEqual([account.keyring.principal])
  await end()
})
