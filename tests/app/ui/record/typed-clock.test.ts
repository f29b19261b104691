import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseClock } from '#app/ui/record/typed-clock.ts'

test('parseClock() takes a time of day as people type it', () => {
  const typed = ['8:30', '830', '08:30', '08.30', '0830', ' 8h30 ', '8：30', '٨:٣٠']
  expect(typed.map(parseClock)).toEqual(typed.map(() => '08:30'))
  expect([parseClock('20:15'), parseClock('2015'), parseClock('8'), parseClock('23')]).toEqual([
    '20:15',
    '20:15',
    '08:00',
    '23:00',
  ])
})

test('parseClock() takes nothing else', () => {
  for (const text of ['', '24:00', '8:60', '8:3', '12345', 'half past eight', '-8:30', '8:30:00']) {
    expect(parseClock(text)).toBeUndefined()
  }
})

test('parseClock() reads back every time of a day, with and without its colon', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hour, minute) => {
      const [h, m] = [hour, minute].map(part => String(part).padStart(2, '0'))
      const typed = [`${h}:${m}`, `${h}${m}`, `${hour}:${m}`, `${hour}${m}`]
      expect(typed.map(parseClock)).toEqual(typed.map(() => `${h}:${m}`))
    }),
  )
})
