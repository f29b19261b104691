import { onCleanup } from 'solid-js'
import type { Session } from '#app/core/session.ts'

const EVERY_MS = 5_000
const SIGNS = ['pointerdown', 'keydown', 'wheel', 'scroll'] as const

/** Tells the vault that somebody is there, at most every five seconds, until the component ends. */
export function createActivityTouch(session: Pick<Session, 'touch'>): void {
  let touchedAt = Number.NEGATIVE_INFINITY
  const touch = () => {
    const now = performance.now()
    if (now - touchedAt < EVERY_MS) return
    touchedAt = now
    session.touch()
  }
  for (const sign of SIGNS) document.addEventListener(sign, touch, { capture: true, passive: true })
  onCleanup(() => {
    for (const sign of SIGNS) document.removeEventListener(sign, touch, { capture: true })
  })
}
