import type { PrincipalId } from '#schema/ids.ts'
import { readFields } from '#schema/record/field-reader.ts'
import type { RefillStep } from '#schema/requests/refill.ts'
import { kindOf, parseRequestId, type RequestId, requestIdOf } from '#schema/requests/request-id.ts'
import type { StepId } from '#schema/requests/step.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { LiveView } from '../live-view.ts'
import type { KnownConversation } from '../messages/conversation-book.ts'
import { type Conversations, kept, nameFor } from '../messages/conversations.ts'
import type { Clock } from '../ports.ts'
import type { DocMap } from '../record/flat-fields.ts'
import type {
  NewStep,
  OpenRequest,
  RequestDetail,
  RequestFailure,
  RequestPlace,
  RequestRow,
  RequestSession,
} from '../request-session.ts'
import type { Stop } from '../session.ts'
import { Turns } from '../turns.ts'
import type { VaultSlot } from '../vault/open-vault.ts'
import { AdditionDesk } from './addition-desk.ts'
import { formOf, type KnownRequest, RequestReader } from './known-request.ts'
import { nextSteps } from './next-steps.ts'
import { fetchedBy } from './refill-stock.ts'
import { nextStepId, putStep, requestLabel } from './request-document.ts'
import type { RequestView } from './state-of.ts'

/** Loaded with the first request that is shown. */
const shown = () => import('./shown-requests.ts')

type Asked<Value = void> = Promise<Result<Value, RequestFailure>>

/** What patients and those who treat them ask of each other: what the session asks of it while a vault is open. */
export class RequestDesk implements RequestSession {
  readonly #clock: Clock
  readonly #slot: VaultSlot
  readonly #conversations: Conversations
  readonly #reader = new RequestReader()
  readonly #list: LiveView<readonly RequestRow[]>
  readonly #open = new Set<LiveView<RequestDetail | undefined>>()
  /** Each step is taken by who has seen the one before. */
  readonly #turns = new Turns()
  /** What others wrote for this person's record. */
  readonly additions: AdditionDesk

  constructor(clock: Clock, slot: VaultSlot, conversations: Conversations) {
    this.#clock = clock
    this.#slot = slot
    this.#conversations = conversations
    this.#list = new LiveView<readonly RequestRow[]>(
      [],
      () => conversations.source,
      () => this.#readList(),
    )
    this.additions = new AdditionDesk({
      clock,
      slot,
      conversations,
      all: () => this.#all(),
      acceptUnasked: ({ known, id }) =>
        this.takeStep({ conversationId: known.id, requestId: id }, { kind: 'accept', data: { rule: 'always' } }),
    })
    conversations.onChange(() => this.#changed())
  }

  watchRequests(listener: (requests: readonly RequestRow[]) => void): Promise<Stop> {
    return this.#list.watch(listener)
  }

  async watchRequest(place: RequestPlace, listener: (request: RequestDetail | undefined) => void): Promise<Stop> {
    const view = new LiveView<RequestDetail | undefined>(
      undefined,
      () => this.#conversations.source,
      async () => {
        const found = await this.#found(place)
        if (!found.ok || found.value.view.state === undefined) return undefined
        const { requestDetail } = await shown()
        return requestDetail(found.value, this.#clock.now(), await this.additions.entryOf(found.value))
      },
    )
    this.#open.add(view)
    const stop = await view.watch(listener)
    return () => {
      this.#open.delete(view)
      stop()
    }
  }

  async openRequest({ kind, contactId, key, data }: OpenRequest): Asked<RequestPlace> {
    const id = requestIdOf(kind, nameFor('request', key, 16))
    const { machine } = await formOf(id)
    // Before anything is begun for it.
    const said = await dataOf(id, machine.opens.kind, data)
    if (!said.ok) return said
    const about = machine.opens.by === 'patient' ? 'my-care' : 'their-care'
    const between = await this.#conversations.between({ contactIds: contactId === '' ? [] : [contactId], about, key })
    if (!between.ok) return between
    const place = { conversationId: between.value.id, requestId: id }
    const taken = await this.#turns.next(() => this.#take(between.value, id, { kind: machine.opens.kind, data }))
    return taken.ok ? ok(place) : taken
  }

  async takeStep(place: RequestPlace, step: NewStep): Asked {
    return this.#turns.next(async () => {
      const found = await this.#found(place)
      if (!found.ok) return found
      const taken = await this.#take(found.value.known, found.value.id, step)
      return taken.ok ? this.#addToRecord(place) : taken
    })
  }

  async #take(known: KnownConversation, id: RequestId, { kind, data: said }: NewStep): Asked {
    const request = await this.#reader.read(known, id)
    if (request === undefined) return fail({ kind: 'not-found' })
    if (known.noReply === 'ended-by-them' || known.noReply === 'ended-by-you') return fail({ kind: 'over' })
    const data = await dataOf(id, kind, said)
    if (!data.ok) return data
    // It was sent twice: by who may have seen no answer to the first.
    if (isSaid(request, kind, data.value)) return ok(undefined)
    const { machine, view, role } = request
    if (!nextSteps(machine, view, role).includes(kind)) return fail({ kind: 'not-now' })
    const { log } = known.conversation
    const label = requestLabel(id)
    const stepId = nextStepId(await log.read<DocMap>(label), log.actor())
    if (stepId === undefined) return fail({ kind: 'no-room' })
    await log.change<DocMap>(label, doc => this.#put(doc, stepId, kind, view.newest, data.value))
    return kept(await log.flush())
  }

  #put(doc: DocMap, id: StepId, kind: string, after: readonly StepId[], data: object): void {
    putStep(doc, id, { kind, claimedAt: this.#clock.now(), after, data })
  }

  /** What the step that was taken adds to the record, once: the entry is named by the request, on every device and however often it is asked. */
  async #addToRecord(place: RequestPlace): Asked {
    const [found, vault] = [await this.#found(place), this.#slot.open]
    if (!found.ok || vault === undefined) return fail({ kind: 'locked' })
    const { id, role, view } = found.value
    if (kindOf(id) === 'addition') {
      const added = await this.additions.add(found.value)
      this.#changed()
      return added.ok ? added : fail({ kind: 'not-added', why: added.failure })
    }
    if (kindOf(id) !== 'refill' || role !== 'patient') return ok(undefined)
    const fields = fetchedBy(view as unknown as Pick<RequestView<string, RefillStep>, 'counted'>)
    if (fields === undefined) return ok(undefined)
    const added = await vault.record.addEntry(fields, { command: { id: `request/${id}`, isAgain: true } })
    return added.ok ? ok(undefined) : fail({ kind: 'stock', why: added.failure })
  }

  #changed(): void {
    this.#list.changed()
    for (const view of this.#open) view.changed()
  }

  async #found({ conversationId, requestId }: RequestPlace) {
    const id = parseRequestId(requestId)
    const known = await this.#conversations.known(conversationId)
    const request = known && id && (await this.#reader.read(known, id))
    return request === undefined ? fail({ kind: 'not-found' } as const) : ok(request)
  }

  async #all(): Promise<readonly KnownRequest[]> {
    const found: KnownRequest[] = []
    for (const known of await this.#conversations.all()) found.push(...(await this.#reader.requestsIn(known)))
    return found
  }

  async #readList(): Promise<readonly RequestRow[]> {
    const { inOrderOfTurn, requestRow } = await shown()
    return inOrderOfTurn((await this.#all()).map(request => requestRow(request, this.#clock.now())))
  }
}

async function dataOf(id: RequestId, kind: string, said: NewStep['data']): Asked<object> {
  const { readers } = await formOf(id)
  const read = Object.hasOwn(readers, kind) ? readers[kind] : undefined
  if (read === undefined) return fail({ kind: 'not-now' })
  const data = readFields(said, read)
  return data.ok ? data : fail({ kind: 'invalid', field: data.failure.field })
}

/** The newest thing that this person did in it. */
function isSaid({ known, view }: KnownRequest, kind: string, data: object): boolean {
  const isMine = (author: PrincipalId) => known.authorOf(author).type === 'you'
  const last = view.history.findLast(({ step }) => isMine(step.author))?.step
  const isNewest = last !== undefined && view.newest.includes(last.id)
  return isNewest && last.kind === kind && JSON.stringify(last.data) === JSON.stringify(data)
}
