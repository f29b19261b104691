import { fail, type Result } from '#schema/result.ts'
import type { HttpAnswer, LinkFailure, RelayLink } from '../ports.ts'

/** A link that can be cut for good: what is asked then, or waits for an answer, is `unreachable` at once. */
export interface CutLink extends RelayLink {
  cut(): void
}

export function makeCutLink(link: RelayLink): CutLink {
  const waiting = new Set<() => void>()
  let isCut = false
  return {
    async request(asked) {
      if (isCut) return fail('unreachable')
      const answer = Promise.withResolvers<Result<HttpAnswer, LinkFailure>>()
      const giveUp = () => answer.resolve(fail('unreachable'))
      waiting.add(giveUp)
      link.request(asked).then(answer.resolve, answer.reject)
      return answer.promise.finally(() => waiting.delete(giveUp))
    },
    openStream: handlers => link.openStream(handlers),
    cut() {
      isCut = true
      for (const giveUp of waiting) giveUp()
    },
  }
}
