import { expect, test } from 'vitest'
import { WhenAsked } from '#app/core/when-asked.ts'

test('WhenAsked loads once, when it is first asked for, and is here from then on', async () => {
  let count = 0
  const desk = new WhenAsked(async () => ++count)
  expect(desk.here).toBeUndefined()
  expect(count).toBe(0)
  expect(await Promise.all([desk.get(), desk.get()])).toEqual([1, 1])
  expect(desk.here).toBe(1)
  expect(await desk.get()).toBe(1)
})

test('WhenAsked tries anew where loading failed', async () => {
  const answers = [() => Promise.reject(new Error('no network')), () => Promise.resolve('desk')]
  const desk = new WhenAsked<string>(() => answers.shift()!())
  await expect(desk.get()).rejects.toThrow('no network')
  expect(desk.here).toBeUndefined()
  expect(await desk.get()).toBe('desk')
})
