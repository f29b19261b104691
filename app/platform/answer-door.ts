import type { AnswerDoor, AnswerFailure } from '#app/core/visitor-session.ts'
import { openJwe } from '#app/core/exchange/link/open-jwe.ts'
import { parseLetter, sealAnswer } from '#app/core/visitors/visitor-letter.ts'
import { fromBase64Url, toBase64Url } from '#schema/base64url.ts'
import { LINK_ADDRESS_BYTES, MAX_LINK_FILE_BYTES, openAnswersPath, openPath } from '#schema/protocol/link.ts'
import { fail, ok, type Result } from '#schema/result.ts'

type Send = (path: string, init: RequestInit) => Promise<Response>

const KEY_BYTES = 32

/** `text`: as it stands behind `#`. Asks the page's relay, and nobody else. */
export function makeAnswerDoor(text: string, send: Send): AnswerDoor {
  const secrets = fromBase64Url(text)
  const isWhole = secrets?.length === LINK_ADDRESS_BYTES + KEY_BYTES
  const address = isWhole ? toBase64Url(secrets.slice(0, LINK_ADDRESS_BYTES)) : ''
  const ask = async (path: string, init: RequestInit): Promise<Result<Response, AnswerFailure>> => {
    try {
      const answer = await send(path, {
        ...init,
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
      })
      return answer.ok ? ok(answer) : fail(FAILURES[answer.status] ?? 'unreachable')
    } catch {
      return fail('unreachable')
    }
  }
  return {
    async open(name) {
      if (!isWhole) return fail('no-link')
      const got = await ask(`${openPath(address)}?recipient=${encodeURIComponent(name)}`, { method: 'GET' })
      if (!got.ok) return got
      const opened = await openJwe(await got.value.text(), secrets.slice(LINK_ADDRESS_BYTES), MAX_LINK_FILE_BYTES * 8)
      const letter = opened.ok ? parseLetter(new TextDecoder().decode(opened.value)) : undefined
      return letter === undefined ? fail('damaged') : ok(letter)
    },
    async answer({ kemPublicKey }, answer) {
      if (!isWhole) return fail('no-link')
      const body = sealAnswer(kemPublicKey, answer)
      const sent = await ask(openAnswersPath(address), { method: 'POST', body })
      return sent.ok ? ok(undefined) : sent
    },
  }
}

const FAILURES: Readonly<Record<number, AnswerFailure>> = { 404: 'over', 413: 'too-large', 507: 'full' }
