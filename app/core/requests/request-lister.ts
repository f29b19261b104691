import type { RequestId } from '#schema/requests/request-id.ts'
import type { KnownConversation } from '../messages/conversation-book.ts'
import { visitorAnswers } from '../messages/shown-threads.ts'
import type { Ports } from '../ports.ts'
import type { RequestRow } from '../request-session.ts'
import type { VaultSlot } from '../vault/open-vault.ts'
import type { RequestReader } from './known-request.ts'
import { requestIn } from './request-document.ts'
import { StandingIndex } from './standing-index.ts'
import type { Standing } from './standing.ts'

/** Loaded with the first request. */
const shown = () => import('./shown-requests.ts')
type Shown = Awaited<ReturnType<typeof shown>>
const standings = () => import('./standing.ts')

/** Lists requests, and opens the shards of those alone in which something was done since they were last listed. */
export class RequestLister {
  readonly #ports: Pick<Ports, 'store' | 'clock'>
  readonly #reader: RequestReader
  #index: StandingIndex | undefined

  constructor(ports: Pick<Ports, 'store' | 'clock'>, slot: VaultSlot, reader: RequestReader) {
    this.#ports = ports
    this.#reader = reader
    slot.onOpen(({ keys }) => {
      const index = new StandingIndex(ports.store, ports.clock, keys.local.slice())
      this.#index = index
      return () => {
        index.stop()
        this.#index = undefined
      }
    })
  }

  async list(conversations: readonly KnownConversation[]): Promise<readonly RequestRow[]> {
    const words = await shown()
    const rows: RequestRow[] = []
    for (const known of conversations) rows.push(...(await this.#rowsIn(known, words)))
    return words.inOrderOfTurn(rows)
  }

  async #rowsIn(known: KnownConversation, { rowOf }: Shown): Promise<readonly RequestRow[]> {
    const rows: RequestRow[] = []
    const now = this.#ports.clock.now()
    const answersTo = await visitorAnswers(known)
    for (const { label, heads } of known.conversation.log.shards()) {
      const id = requestIn(label)
      const standing = id && (await this.#standing(known, id, heads.join()))
      if (id === undefined || standing === undefined) continue
      rows.push(rowOf({ known, id, answersWaiting: answersTo(id) }, standing, now))
    }
    return rows
  }

  async #standing(known: KnownConversation, id: RequestId, heads: string): Promise<Standing | undefined> {
    const logId = known.conversation.log.id
    const index = this.#index
    const kept = await index?.get(logId, id, heads)
    if (kept !== undefined) return kept
    const request = await this.#reader.read(known, id)
    if (request?.view.state === undefined) return undefined
    const standing = (await standings()).standingOf(request)
    await index?.put(logId, id, heads, standing)
    return standing
  }
}
