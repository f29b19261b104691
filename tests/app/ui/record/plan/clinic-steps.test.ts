import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clinicSteps } from '#app/ui/record/plan/clinic-steps.ts'

const plan = (...details: readonly unknown[]) =>
  JSON.stringify({ resourceType: 'CarePlan', activity: details.map(detail => ({ detail })) })

test('what a clinic’s plan says is to be done stands first, then what is over; what has no name or was a mistake is left out', () => {
  const steps = clinicSteps(
    plan(
      { code: { text: 'Diet' }, status: 'completed' },
      { description: 'Walk', status: 'in-progress' },
      { status: 'in-progress' },
      { code: { text: 'Wrong' }, status: 'entered-in-error' },
      { code: { coding: [{ display: 'Therapy' }] }, status: 'stopped' },
    ),
  )
  expect(steps).toEqual([
    { title: 'Walk', state: 'open' },
    { title: 'Diet', state: 'done' },
    { title: 'Therapy', state: 'stopped' },
  ])
})

test('clinicSteps() throws for nothing', () => {
  expect(clinicSteps('{"resourceType":"Goal"}')).toEqual([])
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json().map(json => `{"resourceType":"CarePlan","activity":${json}}`),
      ),
      text => void clinicSteps(text),
    ),
  )
})
