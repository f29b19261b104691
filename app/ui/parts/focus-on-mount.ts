import { onMount } from 'solid-js'

/** As a `ref`: takes the focus when it comes, because what had it is gone. */
export function focusOnMount(element: HTMLElement): void {
  onMount(() => element.focus())
}
