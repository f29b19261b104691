import type { CDPSession, Page } from 'playwright'

/** One task of the window's own thread. */
export interface Task {
  /** Milliseconds of the processor. */
  readonly cpuMs: number
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly dur?: number
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

const CATEGORIES = ['disabled-by-default-devtools.timeline', '__metadata']

/** Records what the window of a page does while `act` runs; its workers are other threads and are left out. */
export async function tasksWhile(page: Page, act: () => Promise<void>): Promise<readonly Task[]> {
  const browser = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  browser.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await browser.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES },
  })
  try {
    await act()
  } finally {
    await endOf(browser)
  }
  return windowTasks(events)
}

async function endOf(browser: CDPSession): Promise<void> {
  const complete = new Promise(resolve => browser.once('Tracing.tracingComplete', resolve))
  await browser.send('Tracing.end')
  await complete
  await browser.detach()
}

/** Of all pages' threads the one that did most: the browser has an empty page of its own beside ours. */
function windowTasks(events: readonly TraceEvent[]): readonly Task[] {
  const place = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`
  const windows = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(place),
  )
  const byWindow = new Map<string, Task[]>()
  for (const event of events) {
    if (event.name !== 'RunTask' || event.dur === undefined || !windows.has(place(event))) continue
    const tasks = byWindow.get(place(event)) ?? []
    tasks.push({ cpuMs: (event.tdur ?? event.dur) / 1000 })
    byWindow.set(place(event), tasks)
  }
  return [...byWindow.values()].toSorted((a, b) => cpuOf(b) - cpuOf(a))[0] ?? []
}

/** What tasks took of the processor together, in milliseconds. */
export const cpuOf = (tasks: readonly Task[]): number => tasks.reduce((sum, { cpuMs }) => sum + cpuMs, 0)

/** The longest, in milliseconds of the processor: by the clock a thread also waits for others. */
export const longestOf = (tasks: readonly Task[]): number => Math.max(0, ...tasks.map(({ cpuMs }) => cpuMs))
