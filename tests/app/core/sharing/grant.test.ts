import { expect, test } from 'vitest'
import { decodeGrant, encodeGrant, type Grant } from '#app/core/sharing/grant.ts'
import { ShareId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'

/** Before it: version, share id, the grant's version, part and parts. */
const ROLE_AT = 1 + ShareId.size + 4 + 1 + 1

const grant: Grant = {
  shareId: ShareId.of(new Uint8Array(ShareId.size).fill(1)),
  version: 1,
  part: 0,
  parts: 1,
  role: 'write',
  until: instant(9000),
  isPaused: false,
  recordName: 'Ana',
  logs: [],
}

test('decodeGrant() takes to see, and to see and add: nobody is given sections to manage', () => {
  const taken = [0, 1, 2, 3].map(role => {
    const bytes = encodeGrant(grant)
    bytes[ROLE_AT] = role
    const decoded = decodeGrant(bytes)
    return decoded.ok && decoded.value.role
  })
  expect(taken).toEqual(['read', 'write', false, false])
})
