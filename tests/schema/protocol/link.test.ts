import { expect, test } from 'vitest'
import { utf8 } from '#schema/bytes.ts'
import { LinkId, LogId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import {
  decodeLinkStates,
  decodeNewLink,
  encodeLinkStates,
  encodeNewLink,
  linkPath,
  type NewLink,
  openPath,
  passcodeBytes,
} from '#schema/protocol/link.ts'
import { fail, ok } from '#schema/result.ts'
import { ambiguousIn } from './total.ts'

const bytes = (count: number, fill: number) => new Uint8Array(count).fill(fill)
const linkId = LinkId.of(bytes(16, 1))
const plain: NewLink = {
  linkId,
  expiresAt: instant(5),
  isDirect: true,
  isLongTerm: false,
  origin: 'https://relay.example',
  file: utf8('a..b.c.d'),
}
const lock = { salt: bytes(16, 2), verifier: bytes(32, 3) }

test('what is said of links comes back as it was sent and decodes totally (invariant 18)', () => {
  const locked: NewLink = { ...plain, isDirect: false, isLongTerm: true, takesAnswers: true, maxOpens: 3, lock }
  for (const link of [plain, locked]) {
    expect(decodeNewLink(encodeNewLink(link))).toEqual(ok(link))
    expect(ambiguousIn(decodeNewLink, encodeNewLink, link)).toEqual([])
  }
  const states = [
    { linkId, standing: 'closed' as const, opens: 3, openings: [{ at: instant(5), recipient: 'Dr. Wéber' }] },
  ]
  expect(decodeLinkStates(encodeLinkStates(states))).toEqual(ok(states))
  expect(ambiguousIn(decodeLinkStates, encodeLinkStates, states)).toEqual([])
})

test('decodeNewLink() takes no passcode where nobody could ask for it, and no more opens than there may be', () => {
  expect(decodeNewLink(encodeNewLink({ ...plain, lock }))).toEqual(fail('bad-value'))
  expect(decodeNewLink(encodeNewLink({ ...plain, maxOpens: 10_001 }))).toEqual(fail('bad-value'))
})

test('passcodeBytes() is the same however a passcode was typed', () => {
  expect(passcodeBytes(' ４82\u00a0913 ')).toEqual(passcodeBytes('482 913'))
  expect(passcodeBytes('482913')).not.toEqual(passcodeBytes('482914'))
})

test('paths are what the relay listens on, and an address fits into a link', () => {
  const logId = LogId.of(bytes(16, 9))
  expect(linkPath(logId, linkId, 'arm')).toBe(`/v1/logs/${logId}/links/${linkId}/arm`)
  expect(openPath('A'.repeat(43))).toHaveLength(51)
})
