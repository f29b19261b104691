import { onCleanup } from 'solid-js'
import type { Session } from '#app/core/session.ts'

/** Often enough that two people at one table need not wonder; the vault itself looks once a minute. */
const LOOK_MS = 3_000

/** While the page is on screen: looks for letters, one look after the other. */
export function createMailCheck(session: Session): void {
  let isLooking = false
  const look = async () => {
    if (isLooking || document.visibilityState === 'hidden') return
    isLooking = true
    try {
      await session.checkMail()
    } finally {
      isLooking = false
    }
  }
  const timer = setInterval(() => void look(), LOOK_MS)
  onCleanup(() => clearInterval(timer))
}
