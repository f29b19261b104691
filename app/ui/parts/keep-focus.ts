import { onCleanup } from 'solid-js'

/**
 * Where what has the focus goes from the page (a button that was pressed and is another one now), the heading of its group takes the
 * focus. Where the group went too, `title` does, or, where it was an article, one of several, the heading that moves up into its place:
 * on the body nobody sees or hears where they are.
 */
export function keepFocus(page: HTMLElement, title: () => HTMLElement | undefined): void {
  let last: Left | undefined
  const come = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return
    const group = target.closest('section, article')
    last = { element: target, group, next: group?.matches('article') ? headingAfter(page, group) : undefined }
  }
  const leave = () =>
    queueMicrotask(() => {
      // Left by a press beside it, not taken away.
      if (last?.element.isConnected && !page.contains(document.activeElement)) last = undefined
    })
  const changes = new MutationObserver(() => {
    if (last === undefined || last.element.isConnected || document.activeElement !== document.body) return
    const { group, next } = last
    last = undefined
    const heading = group?.isConnected ? group.querySelector<HTMLElement>('h2, h3') : next?.isConnected ? next : null
    heading?.setAttribute('tabindex', '-1')
    // The group's may have gone out of sight with what stood below it; the page's is far away, and known.
    if (heading) heading.focus()
    else title()?.focus({ preventScroll: true })
  })
  page.addEventListener('focusin', come)
  page.addEventListener('focusout', leave)
  changes.observe(page, { childList: true, subtree: true })
  onCleanup(() => changes.disconnect())
}

interface Left {
  readonly element: Element
  readonly group: Element | null
  readonly next: HTMLElement | undefined
}

function headingAfter(page: HTMLElement, group: Element): HTMLElement | undefined {
  const isAfter = (heading: Element) =>
    (group.compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 && !group.contains(heading)
  return [...page.querySelectorAll<HTMLElement>('h2, h3')].find(isAfter)
}
