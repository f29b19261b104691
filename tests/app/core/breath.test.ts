import { expect, test } from 'vitest'
import { makeBreath } from '#app/core/breath.ts'

test('a breath is due after some milliseconds of work, and others have their turn while it is taken', async () => {
  const breath = makeBreath()
  expect(breath.isDue()).toBe(false)
  const end = performance.now() + 20
  while (performance.now() < end);
  expect(breath.isDue()).toBe(true)
  let hadTurn = false
  setTimeout(() => (hadTurn = true))
  await breath.take()
  expect([hadTurn, breath.isDue()]).toEqual([true, false])
})
