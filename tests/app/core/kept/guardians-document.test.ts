import * as A from '@automerge/automerge/slim'
import { expect, test } from 'vitest'
import {
  type GuardiansDocument,
  putGuardian,
  putGuardianAnswer,
  readGuardians,
} from '#app/core/kept/guardians-document.ts'
import { DeviceId, PrincipalId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'

const deviceId = DeviceId.of(new Uint8Array(DeviceId.size).fill(1))
const offered = A.change(A.init<GuardiansDocument>(), doc =>
  putGuardian(doc, {
    deviceId,
    person: PrincipalId.of(new Uint8Array(PrincipalId.size).fill(2)),
    name: 'Tim',
    purpose: 'hand-over',
    until: NEVER,
    createdAt: instant(1),
    isTold: true,
  }),
)
const answerIn = (doc: A.Doc<GuardiansDocument>) => readGuardians(doc)[0]?.answer

test('an offer that was taken back stays taken back, whatever answer comes then', () => {
  const ended = A.change(offered, doc => putGuardianAnswer(doc, deviceId, 'left'))
  expect(answerIn(A.change(ended, doc => putGuardianAnswer(doc, deviceId, 'accepted')))).toBe('left')
})

test('of an offer that one device takes back while another hears that it is accepted, nothing is left', () => {
  for (let tries = 0; tries < 8; tries++) {
    const here = A.change(A.clone(offered), doc => putGuardianAnswer(doc, deviceId, 'left'))
    const there = A.change(A.clone(offered), doc => putGuardianAnswer(doc, deviceId, 'accepted'))
    expect([answerIn(A.merge(A.clone(here), there)), answerIn(A.merge(A.clone(there), here))]).toEqual(['left', 'left'])
  }
})
