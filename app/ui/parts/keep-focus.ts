import { onCleanup } from 'solid-js'

/**
 * Where what has the focus goes from the page (a button that was pressed and is another one now), the heading of its group takes the
 * focus, or `title` where the group went too: on the body nobody sees or hears where they are.
 */
export function keepFocus(page: HTMLElement, title: () => HTMLElement | undefined): void {
  let last: { readonly element: Element; readonly group: Element | null } | undefined
  const come = ({ target }: FocusEvent) => {
    if (target instanceof Element) last = { element: target, group: target.closest('section, article') }
  }
  const leave = () =>
    queueMicrotask(() => {
      // Left by a press beside it, not taken away.
      if (last?.element.isConnected && !page.contains(document.activeElement)) last = undefined
    })
  const changes = new MutationObserver(() => {
    if (last === undefined || last.element.isConnected || document.activeElement !== document.body) return
    const { group } = last
    last = undefined
    const heading = group?.isConnected ? group.querySelector<HTMLElement>('h2, h3') : null
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
