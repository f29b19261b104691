import { isObject, type JsonObject } from '../record/fhir/json.ts'

/** What one can say to something without words. */
export const CIRCLE_MARKS = ['thanks', 'hug', 'strength', 'same', 'glad'] as const
export type CircleMark = (typeof CIRCLE_MARKS)[number]

/** In place of a photo: a picture of these, so that nobody shows their face by habit. */
export const AVATARS = [
  'squirrel',
  'bird',
  'fish',
  'turtle',
  'rabbit',
  'tree',
  'leaf',
  'star',
  'sailboat',
  'cloud',
] as const
export type Avatar = (typeof AVATARS)[number]

export const MAX_CIRCLE_NAME_CHARS = 60
export const MAX_PSEUDONYM_CHARS = 40
export const MAX_RULES_CHARS = 4000
export const MAX_WHY_CHARS = 1000
/** Each is named in an EPOCH, which has to stay below 256 KiB (decision 59). */
export const MAX_CIRCLE_MEMBERS = 200

/** What members of a circle do beside saying something; `target`: the id of what was said. */
export type CircleItem =
  | { readonly kind: 'profile'; readonly name: string; readonly avatar: Avatar }
  | { readonly kind: 'rules'; readonly text: string }
  | { readonly kind: 'moderators'; readonly principals: readonly string[] }
  | { readonly kind: 'removed'; readonly principals: readonly string[] }
  /** For all, by its owner. */
  | { readonly kind: 'ended' }
  /** One member's principals, with which they write now last: whose device was lost gets another one. */
  | { readonly kind: 'one-person'; readonly principals: readonly string[] }
  /** Empty `mark`: taken back. */
  | { readonly kind: 'reaction'; readonly target: string; readonly mark: CircleMark | '' }
  | { readonly kind: 'report'; readonly target: string; readonly why: string }
  | { readonly kind: 'take-down'; readonly target: string }

const TARGET = /^[0-9a-f]{16}~\d{1,9}(?:~[0-9a-f]{16})?$/
const PRINCIPAL = /^[0-9a-f]{64}$/

type Readers = { readonly [Kind in CircleItem['kind']]: (json: JsonObject) => CircleItem | undefined }

/** Total: undefined for what no honest app writes. */
export const CIRCLE_READERS: Readers = {
  profile({ name, avatar }) {
    const known = AVATARS.find(one => one === avatar)
    const called = textIn(name, MAX_PSEUDONYM_CHARS)
    return known === undefined || called === undefined ? undefined : { kind: 'profile', name: called, avatar: known }
  },
  rules(json) {
    const text = textIn(json['text'], MAX_RULES_CHARS)
    return text === undefined ? undefined : { kind: 'rules', text }
  },
  moderators: json => principalsIn('moderators', json),
  removed: json => principalsIn('removed', json),
  ended: () => ({ kind: 'ended' }),
  'one-person': json => principalsIn('one-person', json),
  reaction({ target, mark }) {
    const known = mark === '' ? mark : CIRCLE_MARKS.find(one => one === mark)
    return isTarget(target) && known !== undefined ? { kind: 'reaction', target, mark: known } : undefined
  },
  report({ target, why }) {
    const text = textIn(why, MAX_WHY_CHARS)
    return isTarget(target) && text !== undefined ? { kind: 'report', target, why: text } : undefined
  },
  'take-down': ({ target }) => (isTarget(target) ? { kind: 'take-down', target } : undefined),
}

/** The name and rules that a circle begins with; undefined for what is none. */
export function parseCircle(
  about: unknown,
): { readonly is: 'circle'; readonly name: string; readonly rules: string } | undefined {
  if (!isObject(about) || about['is'] !== 'circle') return undefined
  const [name, rules] = [textIn(about['name'], MAX_CIRCLE_NAME_CHARS), textIn(about['rules'], MAX_RULES_CHARS)]
  return name === undefined || rules === undefined ? undefined : { is: 'circle', name, rules }
}

function principalsIn(
  kind: 'moderators' | 'removed' | 'one-person',
  { principals }: JsonObject,
): CircleItem | undefined {
  if (!Array.isArray(principals) || principals.length > MAX_CIRCLE_MEMBERS) return undefined
  const known = principals.filter((one): one is string => typeof one === 'string' && PRINCIPAL.test(one))
  return known.length === principals.length ? { kind, principals: known } : undefined
}

const isTarget = (value: unknown): value is string => typeof value === 'string' && TARGET.test(value)

function textIn(value: unknown, most: number): string | undefined {
  return typeof value === 'string' && value.length <= most ? value.toWellFormed() : undefined
}
