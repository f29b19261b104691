import type { Page } from 'playwright'
import { visit } from '#tests/browser/visit.ts'

export interface OpenedPage {
  readonly path: string
  /** What stands there once a person sees what they came for. */
  readonly content: string
}

/** The main pages and what lies below them. A page that waits says "Loading". */
export const PAGES: readonly OpenedPage[] = [
  { path: '/', content: 'section' },
  { path: '/record', content: 'li a' },
  { path: '/record/problems', content: 'li a' },
  { path: '/timeline', content: 'li a' },
  { path: '/results', content: 'li a' },
  { path: '/track', content: 'a' },
  { path: '/track/blood-pressure', content: 'svg path' },
  { path: '/medicines', content: 'h1' },
  { path: '/plan', content: 'section' },
  { path: '/card', content: 'article' },
  { path: '/add', content: 'a' },
  { path: '/changed', content: 'h1' },
  { path: '/bin', content: 'h1' },
  { path: '/seen-twice', content: 'h1' },
  { path: '/people', content: 'h1' },
  { path: '/settings', content: 'h1' },
]

const RUNS = 5
/** Where every opening begins, and for how long nothing happens there before. */
const BEGIN = '/devices'
const REST_MS = 700
const HOVER_MS = 100

/**
 * By the clock in ms, from the click on a link to the frame that shows what the page is opened for; the first time its scripts are
 * loaded as well. A person's pointer comes before their click, so does this one.
 */
export async function openTimes(page: Page, { path, content }: OpenedPage): Promise<readonly number[]> {
  const runs: number[] = []
  for (let run = 0; run < RUNS; run++) {
    await visit(page, BEGIN)
    await page.locator('main h1').first().waitFor()
    await page.waitForTimeout(REST_MS)
    await layLink(page, path)
    await page.locator('#to-open').hover()
    await page.waitForTimeout(HOVER_MS)
    const [shown] = await Promise.all([page.evaluate(contentShown, content), page.locator('#to-open').click()])
    runs.push(shown)
  }
  return runs
}

/** The app follows any link on its page; this one is under no other. */
const layLink = (page: Page, path: string) =>
  page.evaluate(to => {
    document.querySelector('#to-open')?.remove()
    const link = document.createElement('a')
    Object.assign(link, { id: 'to-open', href: to, textContent: 'open' })
    Object.assign(link.style, { position: 'fixed', insetBlockEnd: '0', insetInlineEnd: '0', zIndex: '99' })
    document.querySelector('main')?.append(link)
  }, path)

/** Runs in the page, asked before the click; answers the time from it to the content. */
function contentShown(content: string): Promise<number> {
  return new Promise(resolve => {
    const before = document.querySelector('main h1')
    addEventListener(
      'click',
      ({ timeStamp }) => {
        const look = () => {
          const main = document.querySelector('main')
          const isThere = before?.isConnected === false && main?.querySelector(content) !== null
          if (isThere && !main?.textContent.includes('Loading')) resolve(performance.now() - timeStamp)
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      },
      { once: true, capture: true },
    )
  })
}
