import type { VaultState } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import type { EntryId, EntrySummary } from '#schema/record/entry.ts'
import type { FakeSession } from '../fake-session.ts'

/** The vault as the address asks for it. */
export function stageFrom(params: URLSearchParams, open: VaultState & { readonly kind: 'open' }): VaultState {
  switch (params.get('vault') ?? 'open') {
    case 'empty':
      return { kind: 'empty' }
    case 'locked':
      return { kind: 'locked', isSample: false }
    case 'sample':
      return { ...open, isSample: true }
    case 'new':
      return { ...open, kitConfirmed: false, kitIsHere: true }
    default:
      return open
  }
}

const HOUR_MS = 3_600_000

/** Patients in every state, and notices of ends. */
export function fillPatients(session: FakeSession): void {
  const now = Date.now()
  const at = (hours: number) => instant(now + hours * HOUR_MS)
  const about = { contactId: 'c3', since: at(-200), state: 'going', mayHaveNews: false } as const
  session.settings.set({ ...session.settings.value, looksAfterPatients: true })
  session.patients.set([
    {
      ...about,
      shareId: 'r1',
      recordName: 'Anna Jansen',
      birthDate: '1941-05-02',
      until: at(3),
      sections: ['problems', 'medicines', 'vitals'],
      lookedAt: at(-5),
      mayHaveNews: true,
    },
    { ...about, shareId: 'r3', recordName: 'Óscar Núñez-Featherstonehaugh', until: at(90), sections: ['results'] },
    { ...about, shareId: 'r4', recordName: 'Wang Fang', sections: ['problems'], state: 'paused', lookedAt: at(-9) },
    { ...about, shareId: 'r5', recordName: 'Tom', sections: [], state: 'ended', endedBy: 'expired', endedAt: at(-50) },
  ])
  const ending = { kind: 'share', contactId: 'c1', contactName: 'Bea Jansen', recordName: '', since: at(-300) } as const
  session.endings.set([
    { ...ending, endingId: 'e1', side: 'given', shareId: 's1', sections: ['problems'], at: at(2), isOver: false },
    {
      ...ending,
      endingId: 'e2',
      side: 'received',
      shareId: 'r1',
      recordName: 'Anna Jansen',
      sections: ['problems'],
      at: at(3),
      isOver: false,
    },
    {
      ...ending,
      endingId: 'e3',
      side: 'given',
      shareId: 's9',
      sections: ['vitals'],
      at: at(-20),
      isOver: true,
      endedBy: 'expired',
    },
  ])
}

/** Who looked, in every way that is known. */
export function fillLooks(session: FakeSession): void {
  const now = Date.now()
  const ago = (hours: number) => instant(now - hours * HOUR_MS)
  const bea = { kind: 'contact', contactId: 'c1', name: 'Bea Jansen', isRemoved: false } as const
  const lee = { kind: 'contact', contactId: 'c2', name: 'Dr Okonkwo-Featherstonehaugh', isRemoved: false } as const
  const read = { by: 'relay', act: 'read' } as const
  session.access.set({
    fetchedAt: ago(0),
    lines: [
      { from: ago(1), to: ago(0.5), who: bea, sections: ['problems', 'medicines'], what: { by: 'app', act: 'looked' } },
      { from: ago(1), to: ago(0.4), who: bea, sections: ['problems', 'medicines', 'vitals'], what: read },
      {
        from: ago(2),
        to: ago(2),
        who: lee,
        sections: ['problems', 'results'],
        what: { by: 'app', act: 'kept', kept: 'copy', reason: 'duty', note: 'File 2026/118' },
      },
      {
        from: ago(2),
        to: ago(2),
        who: lee,
        sections: ['documents'],
        what: { by: 'app', act: 'kept', kept: 'file', reason: 'treatment', note: '' },
      },
      {
        from: ago(2),
        to: ago(2),
        who: lee,
        sections: ['medicines'],
        what: { by: 'app', act: 'kept', kept: 'print', reason: 'referral', note: '' },
      },
      {
        from: ago(3),
        to: ago(2),
        who: { kind: 'own-device', deviceId: 'd1', name: 'Phone', isThisOne: true },
        sections: ['vitals', 'keys'],
        what: { by: 'relay', act: 'wrote' },
      },
      { from: ago(30), to: ago(29), who: { kind: 'unknown', id: '0badcafe00' }, sections: ['keys'], what: read },
      {
        from: ago(31),
        to: ago(31),
        who: { kind: 'removed-device', deviceId: 'd9', name: 'Old phone' },
        sections: ['problems'],
        what: { by: 'relay', act: 'managed' },
      },
    ],
  })
}

/** People in every state, and shares both ways. */
export function fillPeople(session: FakeSession): void {
  const now = instant(Date.now())
  const later = instant(now + 12 * HOUR_MS)
  const met = { addedAt: now, state: 'known' } as const
  session.people.set({
    contacts: [
      { contactId: 'c1', name: 'Bea Jansen', ...met, comparedAt: now },
      { contactId: 'c2', name: 'Dr Okonkwo-Featherstonehaugh', ...met },
      { contactId: 'c3', name: 'Mum', addedAt: now, state: 'changed', comparedAt: now },
      { contactId: 'c4', name: 'Tom', addedAt: now, state: 'waiting' },
      { contactId: 'c5', name: 'Uncle Jo', addedAt: now, state: 'refused', refusal: 'used' },
    ],
    invitations: [],
  })
  void session.invite()
  const given = {
    contactId: 'c1',
    contactName: 'Bea Jansen',
    withHistory: false,
    begunAnew: [],
    createdAt: now,
  } as const
  session.shares.set({
    given: [
      { ...given, shareId: 's1', sections: ['problems', 'medicines'], role: 'write', state: 'accepted', until: later },
      { ...given, shareId: 's2', sections: ['allergies'], role: 'read', state: 'paused', lastOpenedAt: now },
      { ...given, shareId: 's3', sections: ['vitals'], role: 'read', state: 'ended', endedBy: 'stopped' },
    ],
    received: [
      {
        shareId: 'r1',
        contactId: 'c3',
        contactName: 'Mum',
        recordName: 'Anna Jansen',
        sections: ['problems', 'medicines', 'vitals'],
        role: 'write',
        until: later,
        state: 'accepted',
        isPaused: false,
      },
      {
        shareId: 'r2',
        contactId: 'c1',
        contactName: 'Bea Jansen',
        recordName: 'Bea Jansen',
        sections: ['allergies'],
        role: 'read',
        state: 'offered',
        isPaused: false,
      },
    ],
  })
}

/** What a contact wrote after their share had ended, and a device of one's own after it was removed. */
export function fillLate(session: FakeSession): void {
  const row = (id: string, title: string): EntrySummary => ({
    id: `problems.e0.ab.${id}` as EntryId,
    kind: 'condition',
    section: 'problems',
    title,
    status: 'active',
    source: { type: 'self' },
    codes: [],
  })
  const reading = {
    ...row('k4', ''),
    kind: 'blood-pressure',
    section: 'vitals',
    value: { type: 'blood-pressure', systolicMmHg: 142, diastolicMmHg: 88 },
  } as const
  session.late.set([
    {
      lateId: 'be',
      by: { type: 'member', id: 'be', name: 'Bea Jansen' },
      writtenAt: instant(Date.now() - 5 * HOUR_MS),
      entries: [
        { act: 'added', summary: reading },
        { act: 'changed', summary: row('k1', 'Mild asthma, with wheezing at night'), before: row('k1', 'Asthma') },
        { act: 'binned', summary: row('k2', 'Cough') },
      ],
    },
    {
      lateId: 'd9',
      by: { type: 'you', device: 'Old phone' },
      writtenAt: instant(Date.now() - 40 * HOUR_MS),
      entries: [{ act: 'added', summary: row('k3', 'Fever') }],
    },
  ])
}

/** A child's record with two guardians and a plan, an offer, and one that was handed over. */
export function fillKept(session: FakeSession, room: FakeSession): void {
  const now = instant(Date.now())
  const about = { relation: 'child', purpose: 'guardian', addedAt: now, unsentCount: 0, contactName: '' } as const
  session.rooms.set('k1', room)
  session.kept.set({
    records: [{ keptId: 'k1', name: 'Tim Jansen', birthDate: '2012-05-06', state: 'open', ...about }],
    offers: [
      {
        keptId: 'k2',
        name: 'Grandpa Okonkwo',
        birthDate: '1939-01-02',
        purpose: 'hand-over',
        contactName: 'Bea Jansen',
        terms: [{ name: 'Bea Jansen', role: 'read', sections: ['medicines', 'allergies'] }],
      },
    ],
    past: [{ keptId: 'k3', name: 'Lena', endedBy: 'handed-over', unmet: [] }],
  })
  const guardian = { isThisOne: false, purpose: 'guardian', addedAt: now, state: 'active' } as const
  room.guardians.set({
    guardians: [
      { ...guardian, deviceId: 'g1', name: 'Maria Jansen', isThisOne: true },
      { ...guardian, deviceId: 'g2', contactId: 'c2', name: 'Dr Okonkwo-Featherstonehaugh', lastSeenAt: now },
      { ...guardian, deviceId: 'g3', name: 'Bea Jansen', state: 'offered' },
    ],
  })
  const terms = [{ name: 'Maria Jansen', role: 'read', sections: ['medicines'] }] as const
  room.handOver.set({ plan: { at: instant(now + 400 * 24 * HOUR_MS), name: 'Tim', state: 'planned', terms } })
}
