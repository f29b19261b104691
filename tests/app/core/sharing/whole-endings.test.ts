import { describe, expect, test } from 'vitest'
import type { KnownGuardian } from '#app/core/kept/guardians-document.ts'
import { contactIdOf } from '#app/core/sharing/contact-card.ts'
import { type FollowedWhole, wholeEndings } from '#app/core/sharing/whole-endings.ts'
import { DeviceId, PrincipalId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'

const DAY_MS = 24 * 3600_000
const START = 1_800_000_000_000
const day = (count: number) => instant(START + count * DAY_MS)
const person = (n: number) => PrincipalId.of(new Uint8Array(PrincipalId.size).fill(n))
const device = (n: number) => DeviceId.of(new Uint8Array(DeviceId.size).fill(n))

/** Bea, who manages the record for ten days. */
const bea: KnownGuardian = {
  deviceId: device(2),
  person: person(2),
  name: 'Bea',
  purpose: 'manager',
  until: day(10),
  createdAt: day(0),
  isTold: true,
  answer: 'accepted',
}

interface Told {
  readonly guardians: readonly KnownGuardian[]
  /** Of Bea's device. */
  readonly removedOn?: number
  readonly reader?: DeviceId
}

function toldOn(count: number, { guardians, removedOn, reader = device(1) }: Told) {
  const keys = { name: '', chain: [], kemPublicKey: new Uint8Array(), holderKey: new Uint8Array(), addedAt: day(0) }
  const removed = removedOn === undefined ? {} : { removedAt: day(removedOn) }
  const followed: FollowedWhole = {
    guardians,
    devices: [{ ...keys, deviceId: device(2), ...removed }],
    deviceId: reader,
    kept: [],
    contactOf: () => undefined,
    nameOf: () => '',
  }
  return wholeEndings(followed, day(count)).map(({ isOver, isDeclined, at }) => ({ isOver, isDeclined, at }))
}

describe('wholeEndings()', () => {
  test('speaks of a manager’s end shortly before it and for two weeks after it, by name', () => {
    const soon = { isOver: false, isDeclined: false, at: day(10) }
    expect(toldOn(7, { guardians: [bea] })).toEqual([])
    expect(toldOn(8.5, { guardians: [bea] })).toEqual([soon])
    expect(toldOn(10, { guardians: [bea], removedOn: 10 })).toEqual([{ ...soon, isOver: true }])
    expect(toldOn(25, { guardians: [bea], removedOn: 10 })).toEqual([])
  })

  test('says nothing of who was removed before, has not accepted, or has no end', () => {
    expect(toldOn(11, { guardians: [bea], removedOn: 3 })).toEqual([])
    const { answer, ...asked } = bea
    expect(answer).toBe('accepted')
    expect(toldOn(9, { guardians: [asked] })).toEqual([])
    expect(toldOn(9, { guardians: [{ ...bea, until: NEVER }] })).toEqual([])
  })

  test('says who declined until it is put away, but not once they were asked again', () => {
    const declined = { ...bea, answer: 'declined', until: NEVER } as const
    expect(toldOn(300, { guardians: [declined] })).toEqual([{ isOver: true, isDeclined: true, at: day(0) }])
    // When it was put away is forgotten after that time.
    expect(toldOn(401, { guardians: [declined] })).toEqual([])
    const again = { ...bea, deviceId: device(3), createdAt: day(1), until: NEVER }
    expect(toldOn(2, { guardians: [declined, again] })).toEqual([])
    expect(toldOn(2, { guardians: [{ ...declined, purpose: 'hand-over' }] })).toEqual([])
  })

  test('tells nobody of themselves: to who manages it their own end stands among what they look after', () => {
    expect(toldOn(9, { guardians: [bea], reader: device(2) })).toEqual([])
    const cal = { ...bea, deviceId: device(4), person: person(4), name: 'Cal' }
    expect(toldOn(9, { guardians: [bea, cal], reader: device(2) })).toHaveLength(1)
  })

  test('names somebody as they are called among the contacts, else as they called themselves', () => {
    const followed: FollowedWhole = {
      guardians: [bea],
      devices: [],
      deviceId: device(1),
      kept: [],
      contactOf: () => undefined,
      nameOf: () => '',
    }
    expect(wholeEndings(followed, day(9))).toMatchObject([{ contactName: 'Bea', contactId: contactIdOf(person(2)) }])
    const id = contactIdOf(person(9))
    expect(wholeEndings({ ...followed, contactOf: () => ({ id, name: 'Aunt Bea' }) }, day(9))).toMatchObject([
      { contactName: 'Aunt Bea', contactId: id, side: 'given', kind: 'whole', purpose: 'manager' },
    ])
  })
})
