import type { BrowserContext } from 'playwright'
import { encode } from 'uqr'

/** What a person photographs: the code as a picture. */
export async function pictureOf(context: BrowserContext, text: string): Promise<Buffer> {
  const { data, size } = encode(text, { border: 4 })
  const cells = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  const page = await context.newPage()
  await page.setContent(
    `<svg width="800" height="800" viewBox="0 0 ${size} ${size}" style="background:white"><path d="${cells.join('')}"/></svg>`,
  )
  const picture = await page.locator('svg').screenshot()
  await page.close()
  return picture
}
