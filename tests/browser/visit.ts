import type { Page } from 'playwright'

/** To a page of the open record without a reload, which would lock it. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate(to => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: null }))
  }, path)
}
