import { onCleanup } from 'solid-js'

/** For a row that goes once something was done in it: it leaves the focus to the page's title, not to nobody. */
export function leaveFocus(row: () => HTMLElement | undefined): void {
  onCleanup(() => {
    if (row()?.contains(document.activeElement) !== true) return
    document.querySelector<HTMLElement>('h1[tabindex="-1"]')?.focus()
  })
}
