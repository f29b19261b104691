import type { Page } from 'playwright'

/**
 * Stops a tab and its workers where they are, as browsers do with tabs in the background, until the answered function is
 * called. Chromium's own lifecycle states leave a tab that Playwright drives running; the debugger does stop it.
 */
export async function freeze(page: Page): Promise<() => Promise<void>> {
  const browser = await page.context().newCDPSession(page)
  const workers: string[] = []
  browser.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    // The service worker is everybody's.
    if (targetInfo.type === 'worker') workers.push(sessionId)
  })
  await browser.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  let id = 0
  const tellAll = async (method: 'Debugger.enable' | 'Debugger.pause' | 'Debugger.resume') => {
    await browser.send(method)
    for (const sessionId of workers) {
      await browser.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: ++id, method }) })
    }
  }
  await tellAll('Debugger.enable')
  await tellAll('Debugger.pause')
  for (const each of [page, ...page.workers()]) {
    if (await isAwake(each)) throw new Error('The tab does not stop')
  }
  return async () => {
    await tellAll('Debugger.resume')
    await browser.detach()
  }
}

async function isAwake(place: Pick<Page, 'evaluate'>): Promise<boolean> {
  const answer = place.evaluate(() => new Promise(resolve => setTimeout(() => resolve(true), 0))).then(() => true)
  const silence = new Promise<boolean>(resolve => setTimeout(() => resolve(false), 1_000))
  return Promise.race([answer, silence])
}
