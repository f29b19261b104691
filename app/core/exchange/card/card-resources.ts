import type { CardCheck } from '#schema/record/card-check.ts'
import { isObject, type JsonObject, parseObject } from '#schema/record/fhir/json.ts'
import { toBase64, utf8 } from '#schema/bytes.ts'
import type { FoundResource } from '../find-resources.ts'
import { stableUuid } from '../own-entries.ts'
import { contentKeyOf } from '../source-key.ts'

/** `resource:0`: the addresses that cards use to be short. They are the same in every card. */
const REFERENCE = /(?<=[{,]"reference":")resource:\d{1,6}(?=")/g
const SHORT_ADDRESS = /^resource:\d{1,6}$/

/**
 * Gives the resources of one card addresses of their own. An address follows from what the resource and those it refers to say, so that
 * the same vaccination in a card issued later is the same entry.
 */
export function withOwnAddresses(found: readonly FoundResource[]): readonly FoundResource[] {
  const texts = new Map(found.map(({ fullUrl, text }) => [fullUrl ?? '', text]))
  const without = (text: string) => contentKeyOf(text.replace(REFERENCE, ''))
  const address = (fullUrl: string) => {
    const text = texts.get(fullUrl)
    if (text === undefined) return fullUrl
    const named = text.replace(REFERENCE, to => without(texts.get(to) ?? to))
    return `urn:uuid:${stableUuid(`card resource ${contentKeyOf(named)}`)}`
  }
  return found.map(each => {
    const text = each.text.replace(REFERENCE, address)
    const { fullUrl } = each
    return fullUrl === undefined || !SHORT_ADDRESS.test(fullUrl)
      ? { ...each, text }
      : { ...each, text, fullUrl: address(fullUrl) }
  })
}

/** The card itself, as it came: whoever gets the record can check it once more. */
export function documentOf(jws: string, { issuer, issuedAt }: CardCheck, found: readonly FoundResource[]): JsonObject {
  const patients = found.filter(({ text }) => parseObject(text)['resourceType'] === 'Patient')
  const subject = patients.length === 1 ? patients[0]?.fullUrl : undefined
  const file = JSON.stringify({ verifiableCredential: [jws] })
  return {
    resourceType: 'DocumentReference',
    status: 'current',
    type: { text: 'SMART Health Card' },
    ...(subject === undefined ? {} : { subject: { reference: subject } }),
    ...(issuedAt === undefined ? {} : { date: new Date(issuedAt).toISOString() }),
    author: [{ display: issuer }],
    description: 'SMART Health Card',
    content: [
      {
        attachment: {
          contentType: 'application/smart-health-card',
          data: toBase64(utf8(file)),
          title: 'card.smart-health-card',
        },
      },
    ],
  }
}

/** As found in a card of that name. */
export function foundDocument(jws: string, resource: JsonObject, place: string): FoundResource {
  return { text: JSON.stringify(resource), fullUrl: `urn:uuid:${stableUuid(`health card ${jws}`)}`, place }
}

export const objectIn = ({ text }: FoundResource): JsonObject => {
  const value: unknown = JSON.parse(text)
  return isObject(value) ? value : {}
}
