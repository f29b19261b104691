import type { BrowserContext, Page } from 'playwright'

/** Makes `Date` wrong in a page and in the workers it starts, each before its first line runs. */
export async function turnClock(context: BrowserContext, page: Page, aheadMs: number): Promise<void> {
  const script = `(${shiftDate.toString()})(${aheadMs})`
  await context.addInitScript(script)
  const browser = await context.newCDPSession(page)
  browser.on('Target.attachedToTarget', ({ sessionId }) => {
    const tell = (id: number, method: string, params = {}) =>
      browser.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) })
    // A worker or its page may be gone before it is told: whoever leaves while one starts has nothing to wait for.
    void Promise.allSettled([
      tell(1, 'Runtime.evaluate', { expression: script }),
      tell(2, 'Runtime.runIfWaitingForDebugger'),
    ])
  })
  await browser.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: false })
}

/** Runs in the browser. */
function shiftDate(aheadMs: number): void {
  const RealDate = Date
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, self) =>
      Reflect.construct(target, args.length === 0 ? [RealDate.now() + aheadMs] : args, self) as Date,
    apply: () => new Date().toString(),
    get: (target, name, self) =>
      name === 'now' ? () => RealDate.now() + aheadMs : (Reflect.get(target, name, self) as unknown),
  })
}
