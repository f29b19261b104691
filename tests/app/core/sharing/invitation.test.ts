import { beforeAll, expect, test } from 'vitest'
import {
  invitationFaces,
  invitationKeys,
  openInvitationItem,
  sealInvitationItem,
  secretOfInvitation,
  wrongWords,
} from '#app/core/sharing/invitation.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { instant } from '#schema/instant.ts'

beforeAll(readyCrypto)

test('link, fragment and words lead to the same secret; anything else to none', () => {
  const secret = randomBytes(11)
  const { code, words } = invitationFaces(secret)
  for (const text of [code, `https://relay.example/meet#${code}`, ` ${code.toUpperCase()}\n`, words.join(' - ')]) {
    expect(secretOfInvitation(text)).toEqual(secret)
  }
  for (const text of ['', code.slice(2), `${code}00`, words.slice(1).join(' '), 'https://relay.example/meet']) {
    expect(secretOfInvitation(text)).toBeUndefined()
  }
})

test('what was meant as the eight words is told apart from a link, and says which word is wrong', () => {
  const words = invitationFaces(randomBytes(11)).words
  expect(wrongWords(words.slice(1).join(' '))).toEqual({ kind: 'count', got: 7 })
  const mistyped = wrongWords(`1. abel ${words.slice(1).join(' ')}`)
  expect(mistyped).toMatchObject({ kind: 'unknown', wrong: [{ position: 1 }] })
  expect(mistyped?.kind === 'unknown' && mistyped.wrong[0]?.suggestions).toContain('able')
  for (const text of ['https://relay.example/meet', '#00', '0123456789abcdef']) expect(wrongWords(text)).toBeUndefined()
})

test('what lies in an invitation’s mailboxes opens with its own secret only, and as what it is', () => {
  const [mine, other] = [invitationKeys(randomBytes(11)), invitationKeys(randomBytes(11))]
  const card = { kind: 'card', card: randomBytes(40), endsAt: instant(5) } as const
  const closed = { kind: 'closed', reason: 'used' } as const
  for (const item of [card, closed]) {
    const sealed = sealInvitationItem(mine.channel, item)
    expect(openInvitationItem(mine.channel, sealed)).toEqual(item)
    expect(openInvitationItem(other.channel, sealed)).toBeUndefined()
    for (let at = 0; at < sealed.length; at++) {
      const damaged = sealed.slice()
      damaged[at]! ^= 3
      expect(openInvitationItem(mine.channel, damaged)).toBeUndefined()
      expect(openInvitationItem(mine.channel, sealed.slice(0, at))).toBeUndefined()
    }
  }
})
