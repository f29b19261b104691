import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds, in one line each: by all its rules, or by some. */
export async function axeFinds(page: Page, where: string, rules: readonly string[] = []): Promise<string[]> {
  // The only frames are the browser's own, and a second page would be another guest of the vault.
  const axe = new AxeBuilder({ page }).setLegacyMode(true)
  const { violations } = await (rules.length > 0 ? axe.withRules([...rules]) : axe.withTags(WCAG)).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(node => `${where}: ${id}: ${node.html.slice(0, 160)}`))
}

/** What is wider than the window, if the page scrolls sideways. */
export async function sidewaysFinds(page: Page, where: string): Promise<string[]> {
  const widest = await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const all = [...document.querySelectorAll('body *')]
    const wide = all.filter(element => {
      const { left, right } = element.getBoundingClientRect()
      return right > clientWidth + 1 || left < -1
    })
    return [`${scrollWidth} of ${clientWidth}`, ...wide.slice(-4).map(element => element.outerHTML.slice(0, 120))]
  })
  return widest.length === 0 ? [] : [`${where}: sideways: ${widest.join(' | ')}`]
}

/** Short words of which a line holds a part: what broke them had no room for any word. An address may break anywhere. */
async function brokenFinds(page: Page, where: string): Promise<string[]> {
  const broken = await page.evaluate(() => {
    const SHORT = /(?<![\p{L}\p{N}])[\p{Script=Latin}\p{Script=Arabic}]{2,6}(?![\p{L}\p{N}])/gu
    const finds: string[] = []
    const range = document.createRange()
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const around = text.parentElement
      if (text.textContent?.includes('://')) continue
      if (around?.checkVisibility() !== true || getComputedStyle(around).clipPath !== 'none') continue
      for (const { index, 0: word } of (text.textContent ?? '').matchAll(SHORT)) {
        range.setStart(text, index)
        range.setEnd(text, index + word.length)
        const lines = [...range.getClientRects()].filter(({ width }) => width > 1)
        const [first] = lines
        if (first !== undefined && lines.some(({ top }) => top >= first.bottom - 1))
          finds.push(`${word} in "${text.textContent}"`)
      }
    }
    return finds.slice(0, 4)
  })
  return broken.map(word => `${where}: broken: ${word}`)
}

/** What has no room: the page scrolls sideways, or words break. */
const narrowFinds = async (page: Page, where: string) => [
  ...(await sidewaysFinds(page, where)),
  ...(await brokenFinds(page, where)),
]

/** 200 % text, as a browser's setting makes it. */
export async function textAt(page: Page, percent: number): Promise<void> {
  await page.evaluate(size => {
    document.documentElement.style.fontSize = size === 100 ? '' : `${size}%`
  }, percent)
}

/** What a switched setting leaves without an edge: with the colours forced, no background tells a button from words. */
async function edgelessFinds(page: Page, where: string): Promise<string[]> {
  await page.evaluate(() => {
    for (const button of document.querySelectorAll<HTMLElement>('button, a, label')) {
      const { backgroundColor } = getComputedStyle(button)
      const isFilled = !/^(transparent|rgba\(.*, 0\))$/.test(backgroundColor)
      if (isFilled && button.checkVisibility() && !button.matches(':hover')) button.dataset.filled = ''
    }
  })
  await page.emulateMedia({ forcedColors: 'active' })
  const finds = await page.evaluate(() => {
    const filled = [...document.querySelectorAll<HTMLElement>('[data-filled]')]
    const edgeless = filled.filter(button => {
      const { borderTopStyle, borderTopWidth, outlineStyle, textDecorationLine } = getComputedStyle(button)
      const hasBorder = borderTopStyle !== 'none' && Number.parseFloat(borderTopWidth) > 0
      return !hasBorder && outlineStyle === 'none' && textDecorationLine === 'none'
    })
    for (const button of filled) delete button.dataset.filled
    return edgeless.map(button => button.outerHTML.slice(0, 120))
  })
  await page.emulateMedia({ forcedColors: 'none' })
  return finds.map(html => `${where}: no edge with forced colours: ${html}`)
}

/** What moves although the person asked for less of it; the wheel that says that something goes on turns slowly. */
async function movingFinds(page: Page, where: string): Promise<string[]> {
  const finds = await page.evaluate(() =>
    [...document.querySelectorAll('body, body *')]
      .filter(element => {
        const { animationDuration, animationName, transitionDuration } = getComputedStyle(element)
        const longest = (text: string) => Math.max(...text.split(',').map(Number.parseFloat))
        return (
          (animationName !== 'none' && longest(animationDuration) > 0.01 && longest(animationDuration) < 4) ||
          longest(transitionDuration) > 0.01
        )
      })
      .map(element => element.outerHTML.slice(0, 120)),
  )
  return finds.map(html => `${where}: moves: ${html}`)
}

/** A state of the screen in light, in the dark and with forced colours, 320 px wide, and with text twice as large, on a phone too. */
export async function look(page: Page, where: string): Promise<string[]> {
  const finds: string[] = []
  // In the dark nothing but the colours is another.
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  finds.push(...(await axeFinds(page, `${where}, dark`, ['color-contrast'])))
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  finds.push(...(await axeFinds(page, `${where}, light`)))
  finds.push(...(await edgelessFinds(page, where)), ...(await movingFinds(page, where)))
  await page.setViewportSize({ width: 320, height: 640 })
  finds.push(...(await narrowFinds(page, `${where}, 320 px`)))
  await page.setViewportSize({ width: 640, height: 800 })
  await textAt(page, 200)
  finds.push(...(await narrowFinds(page, `${where}, 200 %`)))
  await page.setViewportSize({ width: 360, height: 740 })
  finds.push(...(await narrowFinds(page, `${where}, 200 % at 360 px`)))
  await textAt(page, 100)
  await page.setViewportSize({ width: 1280, height: 900 })
  return finds
}

/** Whether it fits where there is the least room. */
export async function lookBriefly(page: Page, where: string): Promise<string[]> {
  await page.setViewportSize({ width: 320, height: 640 })
  const finds = await narrowFinds(page, `${where}, 320 px`)
  await page.setViewportSize({ width: 1280, height: 900 })
  return finds
}
