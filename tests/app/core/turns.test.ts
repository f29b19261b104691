import { expect, test } from 'vitest'
import { Turns } from '#app/core/turns.ts'
import { unheardDuring } from '#tests/support/unheard.ts'

const broken = async () => {
  throw new Error('Broken off')
}

test('Turns takes one after the other, and goes on after one that broke off', async () => {
  const turns = new Turns()
  const done: number[] = []
  const slow = turns.next(async () => {
    await new Promise(resolve => setTimeout(resolve, 5))
    done.push(1)
  })
  const fails = turns.next(broken)
  const after = turns.next(() => done.push(2))
  await expect(fails).rejects.toThrow('Broken off')
  expect(await after).toBe(2)
  await slow
  expect(done).toEqual([1, 2])
})

test('Turns tells whoever waits for all of it nothing of one that broke off, and whoever began it everything', async () => {
  const turns = new Turns()
  const unheard = await unheardDuring(async () => {
    void turns.next(broken)
    await turns.idle()
  })
  expect(unheard).toEqual([new Error('Broken off')])
})
