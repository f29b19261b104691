import { onCleanup, onMount } from 'solid-js'

/** What lies below this many pixels from the window's lower edge is hidden; the page scrolls further by as much (`base.css`). */
const COVERED = '--covered'

/**
 * As the `ref` of something that floats over the page's lower edge. While it is there the page ends as much lower, so that what it lies over
 * can be scrolled out from under it; what has the focus, or takes it, is so by itself (WCAG 2.2, 2.4.11).
 */
export function keepClear(floating: HTMLElement): void {
  const { style } = document.documentElement
  const clear = () => {
    style.setProperty(COVERED, `${Math.ceil(window.innerHeight - floating.getBoundingClientRect().top)}px`)
    const focused = document.activeElement
    // What a pointer presses stays under it: moved away before it is let go, it would not be pressed.
    if (focused === null || !focused.matches(':focus-visible')) return
    if (floating.contains(focused) || !isUnder(focused, floating)) return
    focused.scrollIntoView({ block: 'nearest' })
  }
  onMount(clear)
  document.addEventListener('focusin', clear)
  onCleanup(() => {
    document.removeEventListener('focusin', clear)
    style.removeProperty(COVERED)
  })
}

/** The page itself, which a link past the navigation gives the focus, is seen beside anything. */
function isUnder(focused: Element, floating: HTMLElement): boolean {
  const [one, over] = [focused.getBoundingClientRect(), floating.getBoundingClientRect()]
  const isSmall = one.height > 0 && one.height < window.innerHeight / 2
  return isSmall && one.bottom > over.top && one.top < over.bottom && one.right > over.left && one.left < over.right
}
