import { followLink } from '#app/core/exchange/link/follow-link.ts'
import { linkInfo, readLink } from '#app/core/exchange/link/read-link.ts'
import type { LinkFailure, LinkInfo, OutsideAnswer } from '#app/core/link-session.ts'
import { instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { fetchOutside } from './outside-fetch.ts'

/** What the page that opens health links may do with the one in its address. */
export interface ViewerDoor {
  /** `foreign`: it lies with another relay, which this page does not ask. Nobody is asked here. */
  readonly link: Result<LinkInfo, LinkFailure | { readonly kind: 'foreign'; readonly host: string }>
  /** Counts as an opening where it answers ok: the text of each file that opened, unread. */
  open(asked: {
    readonly recipient: string
    readonly passcode?: string
  }): Promise<Result<readonly string[], LinkFailure>>
}

/** Whoever opens a link may have a clock that is wrong: whether it is over, the relay says. */
const ANY_TIME = instant(0)

/** `text`: as it stands behind `#`. */
export function makeViewerDoor(text: string, origin: string, send: typeof fetch): ViewerDoor {
  return {
    link: judge(text, origin),
    async open({ recipient, passcode }) {
      const typed = passcode === undefined ? {} : { passcode }
      const fetched: OutsideAnswer[][] = []
      for (;;) {
        const step = await followLink({ link: text, recipient, ...typed, fetched }, ANY_TIME, origin)
        if (!step.ok) return step
        if (step.value.kind === 'files') {
          return ok(step.value.files.flatMap(file => ('bytes' in file ? new TextDecoder().decode(file.bytes) : [])))
        }
        const { requests } = step.value
        fetched.push(await Promise.all(requests.map(request => fetchOutside(request, send, origin))))
      }
    },
  }
}

function judge(text: string, origin: string): ViewerDoor['link'] {
  const read = readLink(text, ANY_TIME, origin)
  if (!read.ok) return fail({ kind: 'link', why: read.failure })
  const { origin: host } = new URL(read.value.url)
  return host === origin ? ok(linkInfo(read.value)) : fail({ kind: 'foreign', host: read.value.host })
}
