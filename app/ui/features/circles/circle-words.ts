import type { CircleDetail, CircleFailure, CircleMember } from '#app/core/circle-session.ts'
import { t } from '../../language/language.ts'
import { messageFailureWords } from '../../record/messages/message-words.ts'

/** Why nothing came of it, as a sentence that says what to do. */
export function circleFailureWords(failure: CircleFailure): string {
  return isOfCircles(failure) ? t(`circle.failed.${failure.kind}`) : messageFailureWords(failure)
}

const OF_CIRCLES = ['not-allowed', 'name-missing', 'name-taken', 'full', 'unreachable'] as const

type OfCircles = Extract<CircleFailure, { readonly kind: (typeof OF_CIRCLES)[number] }>

function isOfCircles(failure: CircleFailure): failure is OfCircles {
  return OF_CIRCLES.some(kind => kind === failure.kind)
}

/** What stands beside somebody's name; undefined for an ordinary member. */
export function standingWords({ isYou, isGone, role }: CircleMember): string | undefined {
  if (isGone) return t('circle.goneMember')
  const words = [...(isYou ? [t('circle.you')] : []), ...(role === 'member' ? [] : [t(`circle.role.${role}`)])]
  return words.length === 0 ? undefined : words.join(' · ')
}

/** Why nothing more is said there, as far as that is known. */
export function overWords({ whyOver }: CircleDetail): string {
  return whyOver === undefined ? t('circle.over') : t(`circle.over.${whyOver}`)
}

/** What an invitation's link has behind its `#`: the code, and what the circle is called. */
export function circleLink(origin: string, code: string, name: string): string {
  return `${origin}/circles/join#${code}~${encodeURIComponent(name)}`
}

/** The code and the name of a link, or of what stood behind its `#`; of anything else the text as it is. */
export function readCircleLink(text: string): { readonly code: string; readonly name: string } {
  const behind = text.trim().slice(text.trim().lastIndexOf('#') + 1)
  const [code = '', name = ''] = behind.split('~')
  try {
    return { code, name: decodeURIComponent(name).slice(0, 60).toWellFormed() }
  } catch {
    return { code, name: '' }
  }
}
