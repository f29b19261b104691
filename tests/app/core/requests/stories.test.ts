import { expect, test } from 'vitest'
import { appointmentTimes } from '#app/core/requests/appointment-time.ts'
import { mainSteps, nextSteps } from '#app/core/requests/next-steps.ts'
import { fetchedBy } from '#app/core/requests/refill-stock.ts'
import { type RequestView, stateOf } from '#app/core/requests/state-of.ts'
import type { AppointmentStep } from '#schema/requests/appointment.ts'
import type { RefillStep } from '#schema/requests/refill.ts'
import type { RequestKind } from '#schema/requests/requests.ts'
import type { Step } from '#schema/requests/step.ts'
import { REQUEST_SAMPLES } from '#tests/support/request-samples.ts'
import { machineOf, opened, roleOf, stepBy, type WriterName } from '#tests/support/request-world.ts'

/** A request as one or more people see it. What somebody does, they do having seen all that is here. */
class Seen {
  readonly kind: RequestKind
  readonly steps: readonly Step[]

  constructor(kind: RequestKind, steps: readonly Step[] = opened(kind)) {
    this.kind = kind
    this.steps = steps
  }

  view(): RequestView {
    return stateOf(machineOf(this.kind), this.steps)
  }

  by(writer: WriterName, step: string, data: object = REQUEST_SAMPLES[this.kind][step]!): Seen {
    const taken = stepBy(writer, step, { among: this.steps, after: this.view().newest, data })
    return new Seen(this.kind, [...this.steps, taken])
  }

  /** What two people knew, brought together. */
  and(other: Seen): Seen {
    return new Seen(this.kind, [...this.steps, ...other.steps])
  }

  can(writer: WriterName): string[] {
    return nextSteps(machineOf(this.kind), this.view(), roleOf(writer)).toSorted()
  }

  /** Of that, what most people came for. */
  main(writer: WriterName): string[] {
    const main = mainSteps(machineOf(this.kind), this.view())
    return this.can(writer).filter(step => main.includes(step))
  }

  /** Who did what, and what became of it. */
  told(): string[] {
    return this.view().history.map(({ step, standing }) => `${String(step.author)} ${step.kind}: ${standing}`)
  }
}

const stockOf = (seen: Seen) => fetchedBy(seen.view() as RequestView<string, RefillStep>)
const timeOf = (seen: Seen) => {
  const { time } = appointmentTimes(seen.view() as RequestView<string, AppointmentStep>)
  return time?.isAgreed === true ? time.startsAt : undefined
}

test('a refill goes from what is asked to “I have it”, and only that adds to the stock', () => {
  const asked = new Seen('refill')
  const seen = asked.by('nurse', 'see')
  expect([asked.view().isSeen, seen.view().isSeen, seen.view().state]).toEqual([false, true, 'requested'])
  const ready = seen.by('doctor', 'approve').by('nurse', 'ready')
  expect([ready.view().state, ready.view().isSeen, stockOf(ready)]).toEqual(['ready', false, undefined])
  const taken = ready.by('phone', 'take')
  expect([taken.view().state, taken.view().isFinal]).toEqual(['taken', true])
  expect(stockOf(taken)).toMatchObject({ kind: 'stock', change: 'fetched', amount: 60, unit: 'tablets' })
  expect([...taken.can('phone'), ...taken.can('doctor')]).toEqual(['see'])
})

test('once a refill is approved the practice is led to say that it is ready, and then to nothing; the patient to have it', () => {
  const asked = new Seen('refill')
  const approved = asked.by('doctor', 'approve')
  const ready = approved.by('nurse', 'ready')
  expect([asked, approved, asked.by('doctor', 'change'), ready].map(one => one.main('doctor'))).toEqual([
    ['approve'],
    ['ready'],
    ['ready'],
    [],
  ])
  expect([asked, approved, ready].map(one => one.main('phone'))).toEqual([[], ['take'], ['take']])
  expect([asked.by('doctor', 'decline').main('doctor'), ready.can('doctor')]).toEqual([
    [],
    ['approve', 'change', 'decline', 'ready'],
  ])
})

test('a refill is had also where the practice never said that it is ready: pharmacies do not write here', () => {
  expect(new Seen('refill').by('doctor', 'approve').by('phone', 'take').view().state).toBe('taken')
})

test('a refill that is answered after it was withdrawn stays withdrawn, and both see the answer in its history', () => {
  const asked = new Seen('refill')
  const withdrawn = asked.by('phone', 'withdraw')
  const atTheSameMoment = withdrawn.and(asked.by('doctor', 'approve'))
  expect([atTheSameMoment.view().state, atTheSameMoment.view().contested]).toEqual(['withdrawn', []])
  expect(atTheSameMoment.told()).toEqual([
    'phone request: counts',
    'phone withdraw: counts',
    'doctor approve: too-late',
  ])
  const knowingly = withdrawn.by('doctor', 'approve')
  expect([knowingly.view().state, knowingly.told().at(-1)]).toEqual(['withdrawn', 'doctor approve: too-late'])
})

test('what was fetched was fetched: neither a withdrawal on another device nor a late refusal takes it back', () => {
  const asked = new Seen('refill')
  const approved = asked.by('doctor', 'approve')
  const taken = approved.by('phone', 'take')
  const both = taken.and(asked.by('tablet', 'withdraw')).and(approved.by('nurse', 'decline'))
  expect([both.view().state, stockOf(both)?.amount]).toEqual(['taken', 60])
  expect(both.told()).toContain('nurse decline: too-late')
})

test('after a change another medicine than the one in the record is counted into no stock, or into that of the one that was chosen', () => {
  const changed = new Seen('refill').by('doctor', 'change')
  const other = changed.by('phone', 'take-other')
  expect([other.view().state, other.view().isFinal, stockOf(other)]).toEqual(['taken-other', true, undefined])
  const chosen = { ...REQUEST_SAMPLES.refill['take'], medicineId: 'medicines.e0.a.2', medicineName: 'Metformin 850 mg' }
  expect(stockOf(changed.by('phone', 'take', chosen))).toEqual({
    kind: 'stock',
    change: 'fetched',
    medicineId: 'medicines.e0.a.2',
    medicineName: 'Metformin 850 mg',
    amount: 60,
    unit: 'tablets',
    happenedAt: '2027-02-09T17:30:00+01:00',
  })
  const both = other.and(changed.by('tablet', 'take'))
  expect([both.view().state, stockOf(both)?.amount, both.told().at(-1)]).toEqual(['taken', 60, 'tablet take: counts'])
  expect(other.by('doctor', 'decline').told().at(-1)).toBe('doctor decline: too-late')
})

test('“I have it” on two devices at once adds to the stock once', () => {
  const approved = new Seen('refill').by('doctor', 'approve')
  const twice = approved.by('phone', 'take').and(approved.by('tablet', 'take'))
  expect(twice.view().counted.filter(({ kind }) => kind === 'take')).toHaveLength(1)
  expect(twice.told().filter(line => line.endsWith('take: too-late'))).toHaveLength(1)
})

test('two staff answer one refill differently at once: the refusal counts, both are shown, and whoever knows of both settles it', () => {
  const asked = new Seen('refill')
  const both = asked.by('doctor', 'decline').and(asked.by('nurse', 'approve').by('nurse', 'ready'))
  expect(both.view().state).toBe('declined')
  expect(both.view().contested.map(({ author, kind }) => `${String(author)} ${kind}`)).toEqual([
    'nurse approve',
    'nurse ready',
  ])
  expect(both.can('phone')).toEqual(['close', 'see'])
  const settled = both.by('nurse', 'approve')
  expect([settled.view().state, settled.view().contested]).toEqual(['approved', []])
  expect(settled.told()).toContain('nurse approve: beside')
})

test('two staff who say the same at once are not at odds', () => {
  const asked = new Seen('refill')
  const both = asked.by('doctor', 'approve').and(asked.by('nurse', 'approve'))
  expect([both.view().state, both.view().contested]).toEqual(['approved', []])
})

test('a practice can answer otherwise until the patient has put the answer away', () => {
  const declined = new Seen('refill').by('doctor', 'decline')
  expect(declined.by('doctor', 'approve').view().state).toBe('approved')
  const closed = declined.by('phone', 'close')
  expect(closed.and(declined.by('doctor', 'approve')).view().state).toBe('closed')
})

test('whose role it is not can take no step: a provider has nothing and withdraws nothing for a patient', () => {
  const approved = new Seen('refill').by('doctor', 'approve')
  for (const [writer, step] of [
    ['doctor', 'take'],
    ['doctor', 'withdraw'],
    ['phone', 'ready'],
    ['phone', 'decline'],
  ] as const) {
    const tried = approved.by(writer, step)
    expect([tried.view().state, tried.told().at(-1)]).toEqual(['approved', `${writer} ${step}: not-allowed`])
  }
})

test('a step that builds on what is not here yet waits, and counts once that is here', () => {
  const whole = new Seen('refill').by('doctor', 'approve').by('phone', 'take')
  const [ask, approve, take] = whole.steps
  const part = new Seen('refill', [ask!, take!])
  expect(part.view()).toMatchObject({ state: 'requested', waiting: [{ step: take, missing: [approve!.id] }] })
  expect(new Seen('refill', [take!, ask!, approve!]).view().state).toBe('taken')
  const unopened = new Seen('refill', [approve!])
  expect([unopened.view().state, unopened.can('phone')]).toEqual([undefined, []])
  expect(new Seen('refill', []).can('phone')).toEqual(['request'])
})

test('steps that claim to have seen themselves or each other wait for ever and stand in nobody’s way', () => {
  const asked = new Seen('refill')
  const [ring] = asked.by('nurse', 'approve').steps.slice(1)
  const looped = new Seen('refill', [...asked.steps, { ...ring!, after: [ring!.id] }])
  expect(looped.view().waiting).toHaveLength(1)
  expect(looped.by('doctor', 'decline').view().state).toBe('declined')
})

test('an appointment is proposed, chosen, confirmed, moved and agreed to, with what to bring and to ask, and notes afterwards', () => {
  const proposed = new Seen('appointment').by('nurse', 'propose')
  expect(timeOf(proposed)).toBeUndefined()
  const chosen = proposed.by('phone', 'choose', { slot: 1 })
  expect([chosen.view().state, timeOf(chosen)]).toEqual(['chosen', undefined])
  const confirmed = chosen.by('nurse', 'confirm')
  expect(timeOf(confirmed)).toBe('2027-02-17T10:00:00+01:00')
  // Both at once: neither answers the other.
  const prepared = confirmed.by('nurse', 'prepare').and(confirmed.by('phone', 'question'))
  expect(prepared.told().filter(line => /prepare|question/.test(line))).toEqual([
    'phone question: counts',
    'nurse prepare: counts',
  ])
  const moved = prepared.by('nurse', 'move')
  expect([moved.view().state, timeOf(moved)]).toEqual(['moved', '2027-02-18T11:00:00+01:00'])
  const held = moved.by('phone', 'agree').by('doctor', 'finish')
  expect([held.view().state, timeOf(held)]).toEqual(['held', '2027-02-18T11:00:00+01:00'])
  const noted = held.by('doctor', 'note').by('phone', 'note')
  expect([noted.view().state, ...noted.told().slice(-2)]).toEqual(['held', 'doctor note: counts', 'phone note: counts'])
})

test('a slot that two patients chose is confirmed to one, and the other is offered new ones', () => {
  const mine = new Seen('appointment').by('nurse', 'propose').by('phone', 'choose')
  const again = mine.by('nurse', 'propose', { slots: [{ startsAt: '2027-02-20T09:00:00+01:00' }] })
  expect([again.view().state, again.can('phone').includes('choose')]).toEqual(['proposed', true])
  // The second of the former two is none of these.
  expect(again.by('phone', 'choose', { slot: 1 }).told().at(-1)).toBe('phone choose: not-allowed')
  expect(timeOf(again.by('phone', 'choose', { slot: 0 }).by('nurse', 'confirm'))).toBe('2027-02-20T09:00:00+01:00')
})

test('an appointment that the patient gives up while it is confirmed is given up', () => {
  const chosen = new Seen('appointment').by('nurse', 'propose').by('phone', 'choose')
  const both = chosen.by('nurse', 'confirm').and(chosen.by('phone', 'withdraw'))
  expect([both.view().state, timeOf(both)]).toEqual(['withdrawn', undefined])
  expect(both.told()).toContain('nurse confirm: too-late')
})

test('an appointment that is asked to be moved stands until the practice answers; called off it stands no more', () => {
  const confirmed = new Seen('appointment').by('nurse', 'propose').by('phone', 'choose').by('nurse', 'confirm')
  const asked = confirmed.by('phone', 'ask-move')
  expect([asked.view().state, timeOf(asked)]).toEqual(['move-asked', '2027-02-17T10:00:00+01:00'])
  expect(timeOf(asked.by('nurse', 'keep'))).toBe('2027-02-17T10:00:00+01:00')
  expect(timeOf(asked.by('nurse', 'propose'))).toBeUndefined()
  const calledOff = confirmed.by('doctor', 'call-off').and(confirmed.by('nurse', 'move'))
  expect([calledOff.view().state, timeOf(calledOff)]).toEqual(['called-off', undefined])
  const times = (seen: Seen) => appointmentTimes(seen.view() as RequestView<string, AppointmentStep>)
  // Whoever wrote it down has to know which one.
  expect(times(calledOff).calledOff).toMatchObject({ startsAt: '2027-02-17T10:00:00+01:00', isAgreed: true })
  expect(times(calledOff.by('nurse', 'propose'))).toEqual({})
  expect(calledOff.view().contested.map(({ kind }) => kind)).toEqual(['move'])
})

test('one of the times that were asked for can stand at once, while nothing else was said', () => {
  const asked = new Seen('appointment')
  expect(asked.by('nurse', 'grant').view().state).toBe('confirmed')
  expect(timeOf(asked.by('nurse', 'grant'))).toBe('2027-02-15T08:00:00+01:00')
  expect(asked.by('nurse', 'grant', { slot: 1 }).view().state).toBe('asked')
  // Of times that were offered since and suit nobody none can be given.
  const other = asked.by('nurse', 'propose').by('phone', 'ask-other')
  expect(other.by('doctor', 'grant').view().state).toBe('asked')
  expect(nextSteps(machineOf('appointment'), other.view(), 'provider')).not.toContain('grant')
  expect(nextSteps(machineOf('appointment'), asked.view(), 'provider')).toContain('grant')
})

test('a copy of my records that one sends and another declines is there', () => {
  const asked = new Seen('copy')
  const both = asked.by('doctor', 'decline').and(asked.by('nurse', 'answer'))
  expect([both.view().state, both.view().contested.map(({ kind }) => kind)]).toEqual(['answered', ['decline']])
  expect(both.by('phone', 'close').view().isFinal).toBe(true)
})

test('a correction that one accepts and another declines is declined until they settle it', () => {
  const asked = new Seen('correction')
  const both = asked.by('doctor', 'accept').and(asked.by('nurse', 'decline'))
  expect(both.view().state).toBe('declined')
  expect(both.by('nurse', 'accept').view().state).toBe('accepted')
})

test('a questionnaire is answered and scored; answers to one that was taken back came too late, and it says so', () => {
  const sent = new Seen('questionnaire')
  const scored = sent.by('phone', 'answer').by('doctor', 'score')
  expect(scored.by('doctor', 'close').view().isFinal).toBe(true)
  const both = sent.by('doctor', 'withdraw').and(sent.by('phone', 'answer'))
  expect(both.view().state).toBe('withdrawn')
  expect(both.told()).toContain('phone answer: too-late')
})

test('answers that are given anew while the first ones are scored wait for whoever scored', () => {
  const answered = new Seen('questionnaire').by('phone', 'answer')
  const both = answered.by('doctor', 'score').and(answered.by('phone', 'answer'))
  expect(both.view().state).toBe('answered')
})

test('a question that is asked while the one before is answered again is not lost', () => {
  const answered = new Seen('question').by('doctor', 'answer')
  const both = answered.by('phone', 'ask-more').and(answered.by('nurse', 'answer', { answer: 'All is well' }))
  expect(both.view().state).toBe('asked-more')
  expect(both.by('doctor', 'answer').by('phone', 'close').view().isFinal).toBe(true)
})
