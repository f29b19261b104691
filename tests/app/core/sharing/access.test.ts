import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AccessWho } from '#app/core/follow-session.ts'
import { accessLines } from '#app/core/sharing/access-lines.ts'
import { decodeVisits, encodeVisits, joinVisits, NO_VISITS, type Visit } from '#app/core/sharing/relay-visits.ts'
import { CapabilityId, ShareId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { RIGHTS } from '#schema/protocol/capability.ts'
import type { AccessEntry } from '#schema/protocol/http.ts'

const MINUTE_MS = 60_000
const START = 1_800_000_000_000 - (1_800_000_000_000 % MINUTE_MS)
const at = (minute: number) => instant(START + minute * MINUTE_MS)
const capability = (n: number) => CapabilityId.of(new Uint8Array(16).fill(n))
const entry = (minute: number, who = 1, right: number = RIGHTS.read): AccessEntry => ({
  minute: at(minute),
  capabilityId: capability(who),
  right,
  count: 1,
  bytes: 10,
})
const visit = (from: number, to: number, who = 1): Visit => ({
  capabilityId: capability(who),
  act: 'read',
  from: at(from),
  to: at(to),
})

describe('joinVisits()', () => {
  test('makes one visit of minutes that lie near each other, for each capability and act', () => {
    const entries = [entry(0), entry(3), entry(3, 2), entry(9, 1, RIGHTS.append), entry(60)]
    expect(joinVisits(NO_VISITS, entries)).toEqual({
      upTo: at(60),
      visits: [visit(0, 4), visit(3, 4, 2), { ...visit(9, 10), act: 'wrote' }, visit(60, 61)],
    })
  })

  test('gives the same for the same lines, however they come', () => {
    const lines = fc.array(fc.tuple(fc.nat(500), fc.integer({ min: 1, max: 3 })), { maxLength: 60 })
    fc.assert(
      fc.property(lines, fc.nat(60), (raw, cut) => {
        const entries = raw.map(([minute, who]) => entry(minute, who)).toSorted((a, b) => a.minute - b.minute)
        const whole = joinVisits(NO_VISITS, entries)
        const first = joinVisits(NO_VISITS, entries.slice(0, cut))
        const again = joinVisits(first, entries.slice(Math.max(0, cut - 5)))
        expect(again.upTo).toBe(whole.upTo)
        expect(new Set(again.visits.map(key))).toEqual(new Set(whole.visits.map(key)))
        expect(decodeVisits(encodeVisits(whole))).toEqual(whole)
      }),
    )
  })

  test('forgets what is older than four hundred days, and is bounded', () => {
    const day = 24 * 60
    const years = joinVisits(NO_VISITS, [entry(0), entry(10 * day), entry(405 * day)])
    expect(years.visits).toEqual([visit(10 * day, 10 * day + 1), visit(405 * day, 405 * day + 1)])
    const many = Array.from({ length: 4000 }, (_, n) => entry(n * 60))
    expect(joinVisits(NO_VISITS, many).visits).toHaveLength(3000)
    expect(decodeVisits(new Uint8Array(9))).toEqual(NO_VISITS)
  })
})

const key = ({ capabilityId, act, from, to }: Visit) => [capabilityId, act, from, to].join()

describe('accessLines()', () => {
  const lee: AccessWho = { kind: 'contact', contactId: 'c1', name: 'Dr Lee', isRemoved: false }
  const shareId = ShareId.of(new Uint8Array(16).fill(1))
  const whoHas = (id: CapabilityId): AccessWho => (id === capability(1) ? lee : { kind: 'unknown', id })

  test('unites sections of one go, keeps who nobody knows, and says which of relay and app told it; newest first', () => {
    const logs = [
      { place: 'vitals', visits: [visit(0, 4), visit(200, 201, 2)], whoHas },
      { place: 'problems', visits: [visit(2, 9)], whoHas },
      { place: 'keys', visits: [visit(300, 301)], whoHas },
    ] as const
    const looks = [{ shareId, from: at(1), to: at(5), sections: ['problems'] as const }]
    const about = { shareId, at: at(250), what: 'file' as const, reason: 'duty' as const, note: '' }
    const kept = [{ ...about, sections: ['vitals'] as const }]
    const lines = accessLines(logs, { looks, kept }, () => lee)
    expect(lines).toEqual([
      { from: at(300), to: at(301), who: lee, sections: ['keys'], what: { by: 'relay', act: 'read' } },
      {
        from: at(250),
        to: at(250),
        who: lee,
        sections: ['vitals'],
        what: { by: 'app', act: 'kept', kept: 'file', reason: 'duty', note: '' },
      },
      {
        from: at(200),
        to: at(201),
        who: { kind: 'unknown', id: capability(2) },
        sections: ['vitals'],
        what: { by: 'relay', act: 'read' },
      },
      { from: at(0), to: at(9), who: lee, sections: ['problems', 'vitals'], what: { by: 'relay', act: 'read' } },
      { from: at(1), to: at(5), who: lee, sections: ['problems'], what: { by: 'app', act: 'looked' } },
    ])
  })
})
