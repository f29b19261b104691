import type { PrincipalId } from '#schema/ids.ts'
import type { ConversationKind, VisitorSaid } from '#schema/messages/item.ts'
import type { Machine, Role } from '#schema/requests/machine.ts'
import { kindOf, type RequestId } from '#schema/requests/request-id.ts'
import type { RequestKind } from '#schema/requests/requests.ts'
import { countIn, type RequestForm, type Step, type StepId, stepIdOf, type StepReaders } from '#schema/requests/step.ts'
import type { KnownConversation } from '../messages/conversation-book.ts'
import { visitorAnswers } from '../messages/shown-threads.ts'
import { authorsIn } from '../record/authors.ts'
import type { DocMap } from '../record/flat-fields.ts'
import { readSteps, requestIn, requestLabel, visitorStepsIn } from './request-document.ts'
import { type RequestView, stateOf } from './state-of.ts'

type AnyStep = Step<string, Readonly<Record<string, unknown>>, PrincipalId>
type AnyForm = RequestForm<string, StepReaders>

/** A request as its steps tell it, in whatever conversation it lies. */
export interface KnownRequest {
  readonly id: RequestId
  readonly known: KnownConversation
  readonly machine: Machine<string, string>
  readonly readers: StepReaders
  /** This person's. */
  readonly role: Role
  readonly view: RequestView<string, AnyStep>
  /** Of a visitor, who has no Wellkeep: written down by this person, or taken in from a link. */
  readonly visitorSteps: ReadonlyMap<StepId, VisitorSaid>
  /** By a link, and not taken in yet. */
  readonly answersWaiting: number
  /** Who of a practice's staff writes, by journal: the digits with which the ids of their steps begin. */
  readonly staff: ReadonlyMap<string, string>
}

/** Each kind is a table of its own; what is said of all of them alike is said of this. Loaded with the first request. */
export async function formOf(id: RequestId): Promise<AnyForm> {
  const { REQUESTS } = await import('#schema/requests/requests.ts')
  return REQUESTS[kindOf(id)] as unknown as AnyForm
}

/** Which side somebody is on in a conversation about care; undefined in any other. */
export function roleIn(about: ConversationKind | undefined, isOpener: boolean): Role | undefined {
  if (about?.is !== 'care') return undefined
  return (about.patient === 'opener') === isOpener ? 'patient' : 'provider'
}

const NONE: KnownRequest['visitorSteps'] = new Map()

function requestIdsIn({ conversation: { log } }: KnownConversation): readonly RequestId[] {
  return log.shards().flatMap(({ label }) => requestIn(label) ?? [])
}

interface Kept extends Pick<KnownRequest, 'view' | 'visitorSteps'> {
  readonly heads: string
}

/** Reads requests, each anew only when something was done in it. */
export class RequestReader {
  readonly #views = new WeakMap<object, Map<string, Kept>>()

  /** All of a conversation, or those of a kind. */
  async requestsIn(known: KnownConversation, kind?: RequestKind): Promise<readonly KnownRequest[]> {
    const ids = requestIdsIn(known).filter(id => kind === undefined || kindOf(id) === kind)
    const found: KnownRequest[] = []
    for (const id of ids) {
      const request = await this.read(known, id)
      if (request?.view.state !== undefined) found.push(request)
    }
    return found
  }

  /** Undefined where the conversation is none about care. Nothing may be in it yet. */
  async read(known: KnownConversation, id: RequestId): Promise<KnownRequest | undefined> {
    const { about, staff } = await known.conversation.content()
    const role = roleIn(about, known.isOwn)
    if (role === undefined) return undefined
    const { machine, readers } = await formOf(id)
    const { view, visitorSteps } = await this.#viewOf(known, id, about)
    const answersWaiting = (await visitorAnswers(known))(id)
    return { id, known, machine, readers, role, view, visitorSteps, answersWaiting, staff }
  }

  async #viewOf(
    { conversation: { log }, visitor }: KnownConversation,
    id: RequestId,
    about: ConversationKind | undefined,
  ): Promise<Kept> {
    const heads =
      log
        .shards()
        .find(({ label }) => label === requestLabel(id))
        ?.heads.join() ?? ''
    const views = this.#views.get(log) ?? new Map<string, Kept>()
    this.#views.set(log, views)
    const before = views.get(id)
    if (before?.heads === heads) return before
    const form = await formOf(id)
    const authors = authorsIn(log)
    const doc = await log.read<DocMap>(requestLabel(id))
    const saidByVisitor = visitor === undefined ? NONE : visitorStepsIn(doc)
    const visitorSteps = new Map<StepId, VisitorSaid>()
    const { steps } = readSteps(doc, form, (actor, lies) => {
      const author = authors.writerOf(actor)?.principal
      const ofWriter = author && roleIn(about, authors.isOwner(author))
      const [said, id] = [saidByVisitor.get(lies), stepIdOf(actor, countIn(lies))]
      if (said !== undefined && id !== undefined) visitorSteps.set(id, said)
      const role = said === undefined ? ofWriter : 'provider'
      return author === undefined || role === undefined ? undefined : { role, author }
    })
    const view = stateOf(form.machine, steps as unknown as readonly AnyStep[])
    const kept = { heads, view, visitorSteps }
    views.set(id, kept)
    return kept
  }
}
