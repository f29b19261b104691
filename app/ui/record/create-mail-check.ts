import { onCleanup } from 'solid-js'
import type { Session } from '#app/core/session.ts'

/** Often enough that two people at one table need not wonder; the vault itself looks once a minute. */
const EAGER_MS = 3_000
const CALM_MS = 12_000

/** While the page is on screen: looks for letters, eagerly while `isAwaited`; one look after the other. */
export function createMailCheck(session: Session, isAwaited: () => boolean): void {
  let isLooking = false
  let lookedAt = performance.now()
  const look = async () => {
    const isDue = isAwaited() || performance.now() - lookedAt >= CALM_MS
    if (isLooking || !isDue || document.visibilityState === 'hidden') return
    isLooking = true
    lookedAt = performance.now()
    try {
      await session.checkMail()
    } finally {
      isLooking = false
    }
  }
  const timer = setInterval(() => void look(), EAGER_MS)
  onCleanup(() => clearInterval(timer))
}
