import type { Page } from 'playwright'
import { visit } from '#tests/browser/visit.ts'
import { cpuOf, tasksWhile } from './trace-events.ts'

const REST_MS = 1_000

/** What is typed, one after the other; not every letter finds other entries. */
const TYPED = ['hemoglobin', 'blood pr', 'cholest', 'asthma']
/** No answer takes so long: the letter found the same entries. */
const SAME_MS = 700

/** By the clock in ms, for each letter that finds other entries: from the letter to the frame that shows them. */
export async function typeAhead(page: Page): Promise<readonly number[]> {
  await visit(page, '/timeline')
  await page.locator('main li a').first().waitFor()
  await page.waitForTimeout(REST_MS)
  const times: number[] = []
  const box = page.getByRole('searchbox')
  for (const words of TYPED) {
    await box.fill('')
    await page.waitForTimeout(REST_MS)
    for (const letter of words) {
      const [answered] = await Promise.all([
        page.evaluate(answerShown, SAME_MS),
        box.press(letter === ' ' ? 'Space' : letter),
      ])
      if (answered !== undefined) times.push(answered)
      await page.waitForTimeout(REST_MS / 2)
    }
  }
  return times
}

/** Runs in the page. */
function answerShown(sameMs: number): Promise<number | undefined> {
  return new Promise(resolve => {
    const total = document.querySelector('main output')
    addEventListener(
      'input',
      ({ timeStamp }) => {
        const observer = new MutationObserver(() => {
          observer.disconnect()
          requestAnimationFrame(() => resolve(performance.now() - timeStamp))
        })
        if (total !== null) observer.observe(total, { subtree: true, childList: true, characterData: true })
        setTimeout(() => resolve(undefined), sameMs)
      },
      { once: true, capture: true },
    )
  })
}

async function toChart(page: Page): Promise<void> {
  await visit(page, '/results')
  await page.locator('main a[href^="/results/"]').filter({ hasText: 'Potassium' }).click()
  await page.getByRole('slider').waitFor()
  await page.waitForTimeout(REST_MS)
}

const WIDTHS = [1200, 1160, 1120, 1080, 1040]

/** A chart of 5,000 points is drawn anew for a narrower window: all that the window's thread does for it, in milliseconds of the processor. */
export async function drawAgain(page: Page): Promise<readonly number[]> {
  await toChart(page)
  const drawn: number[] = []
  for (const width of WIDTHS) {
    const tasks = await tasksWhile(page, async () => {
      await page.setViewportSize({ width, height: 900 })
      await page.waitForTimeout(REST_MS / 2)
    })
    drawn.push(cpuOf(tasks))
  }
  return drawn
}

const STEP_PX = 8
const FRAME_MS = 16
const DRAGS = 3

/** A finger goes along that chart, frame by frame: what the window's thread does for each, in milliseconds of the processor. */
export async function goAlong(page: Page): Promise<readonly number[]> {
  await toChart(page)
  const box = await page.getByRole('slider').boundingBox()
  if (box === null) throw new Error('There is no chart')
  const each: number[] = []
  const [from, to, y] = [box.x + 60, box.x + box.width - 20, box.y + 50]
  for (let drag = 0; drag < DRAGS; drag++) {
    await page.mouse.move(from, y)
    await page.mouse.down()
    const tasks = await tasksWhile(page, async () => {
      for (let x = from; x < to; x += STEP_PX) {
        await page.mouse.move(x, y)
        await page.waitForTimeout(FRAME_MS)
      }
    })
    await page.mouse.up()
    each.push((cpuOf(tasks) * STEP_PX) / (to - from))
  }
  return each
}
