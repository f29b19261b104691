import type { RequestKind } from '#schema/requests/requests.ts'

const medicine = { medicineId: 'medicines.e0.a.1', medicineName: 'Metformin 500 mg' }
const result = { entryId: 'results.e0.b.2', title: 'Potassium' }
const ANSWERS = JSON.stringify([{ linkId: '/44250-9', text: 'Little interest', value: { type: 'integer', value: 1 } }])

/** What each step of each kind of request may say. */
export const REQUEST_SAMPLES: Readonly<Record<RequestKind, Readonly<Record<string, object>>>> = {
  refill: {
    request: { ...medicine, wish: 'The last ones are for Friday', pharmacy: 'At the station' },
    see: {},
    approve: { route: 'sent', where: 'At the station', words: 'Come and see us in May' },
    change: { route: 'to-collect', instead: '850 mg, half as many' },
    decline: { reason: 'Your kidneys have to be looked at first' },
    ready: { where: 'At the station' },
    take: { ...medicine, strength: 'other', amount: 60, unit: 'tablets', happenedAt: '2027-02-09T17:30:00+01:00' },
    'take-other': {},
    withdraw: { reason: 'I found a box' },
    close: {},
  },
  appointment: {
    ask: { why: 'My knee', wishes: 'Mornings' },
    see: {},
    propose: {
      slots: [
        { startsAt: '2027-02-16T09:00:00+01:00', minutes: 20 },
        { startsAt: '2027-02-17T10:00:00+01:00', minutes: 20 },
      ],
      place: 'Room 2',
    },
    choose: { slot: 1 },
    'ask-other': { wishes: 'After the holidays' },
    confirm: { place: 'Room 2', withWhom: 'Dr. Lee' },
    decline: { reason: 'We take nobody new' },
    move: { startsAt: '2027-02-18T11:00:00+01:00', minutes: 30, words: 'Dr. Lee is ill' },
    agree: {},
    'ask-move': { wishes: 'A day later' },
    keep: { reason: 'Nothing else is free' },
    'call-off': { reason: 'The practice is closed' },
    prepare: { lines: ['Bring the X-ray'] },
    question: { lines: ['May I run?'] },
    note: { note: 'Run less, and see it again in May' },
    finish: {},
    cancel: { reason: 'It is better' },
    withdraw: {},
    close: {},
  },
  copy: {
    ask: { wish: 'All of last year' },
    see: {},
    answer: {
      fileId: '1'.repeat(32),
      name: 'records.json',
      type: 'application/json',
      bytes: 20_000,
      listId: '2'.repeat(64),
      listKey: '3'.repeat(64),
      words: 'Here it is',
    },
    decline: { reason: 'Those lie with the hospital' },
    withdraw: {},
    close: {},
  },
  correction: {
    ask: { ...result, wrong: 'It says 55', shouldSay: '5.5' },
    see: {},
    accept: { words: 'You are right' },
    decline: { reason: 'The laboratory stands by it' },
    withdraw: {},
    close: {},
  },
  questionnaire: {
    send: { title: 'PHQ-9', form: 'http://loinc.org/q/44249-1', words: 'Before Tuesday, please' },
    see: {},
    answer: { answers: ANSWERS, answeredAt: '2027-02-09T17:30:00+01:00' },
    decline: { reason: 'I would rather talk' },
    score: { total: 1, words: 'Thank you' },
    withdraw: {},
    close: {},
  },
  question: {
    ask: { ...result, question: 'Is this high?' },
    see: {},
    answer: { answer: 'It is what we want it to be' },
    'ask-more': { question: 'And the one before?' },
    withdraw: {},
    close: {},
  },
  addition: {
    propose: {
      entry: { kind: 'medicine', name: 'Metformin 850 mg', status: 'taking', directions: 'One in the evening' },
      changes: { entryId: medicine.medicineId, title: medicine.medicineName },
      words: 'From tomorrow on',
    },
    see: {},
    accept: { rule: 'always' },
    decline: { reason: 'I do not take that' },
    withdraw: { reason: 'That was for somebody else' },
    close: {},
  },
  material: {
    send: {
      title: 'Knee exercises',
      text: '# Twice a day\n\n![Bend it](bend.jpg)',
      files: [
        {
          fileId: '1'.repeat(32),
          name: 'bend.jpg',
          type: 'image/jpeg',
          bytes: 20_000,
          listId: '2'.repeat(64),
          listKey: '3'.repeat(64),
        },
      ],
      words: 'Before we meet',
    },
    see: {},
    understand: {},
    ask: { question: 'How far?' },
    explain: { words: 'As far as it does not hurt' },
    withdraw: { reason: 'That was for somebody else' },
    close: {},
  },
}
