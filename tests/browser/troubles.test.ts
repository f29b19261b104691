import { chromium } from 'playwright'
import { expect, test } from 'vitest'
import { chromiumPath, launchArgs } from '#tests/support/chromium.ts'
import { Troubles } from './troubles.ts'

/** What `Troubles` tells of a page that does this. */
async function toldOf(act: () => void): Promise<string> {
  const browser = await chromium.launch({ executablePath: await chromiumPath(), args: launchArgs })
  const context = await browser.newContext()
  const troubles = new Troubles('http://localhost')
  const page = await context.newPage()
  troubles.watch(context)
  // Locks are for places that have an address.
  await page.route('**', route => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }))
  await page.goto('http://localhost/')
  const thrown = context.waitForEvent('weberror')
  await page.evaluate(act)
  await thrown
  await browser.close()
  expect(troubles.unexpected).toHaveLength(1)
  return troubles.unexpected[0]!
}

test('what a browser rejects with by itself is told, stack or none', async () => {
  const told = await toldOf(() => {
    void navigator.locks.request('one', () => new Promise(() => undefined))
    setTimeout(() => navigator.locks.request('one', { steal: true }, () => undefined))
  })
  expect(told).toMatch(/^page error: AbortError: .*steal/)
})

test('what is thrown and is no error is told', async () => {
  const told = await toldOf(() => {
    void Promise.reject('left over')
  })
  expect(told).toMatch(/^page error: .*left over/)
})

test('what a worker throws is told with its stack and its script', async () => {
  const told = await toldOf(() => {
    const script = 'const fall = () => { throw new RangeError("too far") }; fall()'
    new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })))
  })
  expect(told).toMatch(/^page error: RangeError: too far \(at blob:.*\n.*\n\s+at fall/)
})
