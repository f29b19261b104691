import { createHmac, timingSafeEqual } from 'node:crypto'
import type { LinkId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { keyFor } from './signer.ts'

/** The specification wants addresses of single files short-lived. */
const TICKET_LIFE_MS = 5 * 60_000

/** Says that an opening of a link was counted, so that its file may be fetched by itself. The relay keeps none; each with the same seed knows them. */
export class LinkTickets {
  readonly #key: Uint8Array

  constructor(seed: Uint8Array) {
    this.#key = keyFor('link tickets', seed)
  }

  make(linkId: LinkId, now: Instant): string {
    const until = now + TICKET_LIFE_MS
    return `${until}.${this.#mac(linkId, String(until)).toString('base64url')}`
  }

  isGood(ticket: string, linkId: LinkId, now: Instant): boolean {
    const [until = '', mac = ''] = ticket.split('.')
    const given = Buffer.from(mac, 'base64url')
    const right = this.#mac(linkId, until)
    return given.length === right.length && timingSafeEqual(given, right) && now < Number(until)
  }

  #mac(linkId: LinkId, until: string): Buffer {
    return createHmac('sha256', this.#key).update(`${linkId}.${until}`).digest()
  }
}
