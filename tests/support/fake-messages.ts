import type { OfferedTime } from '#schema/messages/item.ts'
import type {
  BeginThread,
  MessageFailure,
  MessageHit,
  NewMessage,
  ThreadDetail,
  ThreadList,
  ThreadPlace,
} from '#app/core/message-session.ts'
import type { Slot } from '#app/core/home/free-slots.ts'
import type {
  FreeSlot,
  NewStep,
  OpenRequest,
  RequestDetail,
  RequestFailure,
  RequestPlace,
  RequestRow,
} from '#app/core/request-session.ts'
import type { AcceptedFrom } from '#app/core/addition-session.ts'
import type { FileFailure, ShownFile, Transfer } from '#app/core/file-session.ts'
import { type RoomNews, watchRoomNews } from '#app/core/room-news.ts'
import type { SaveFailure, Stop } from '#app/core/session.ts'
import type { MakeVisitorLink, VisitorDetail, VisitorFailure, VisitorLink } from '#app/core/visitor-session.ts'
import type { FileId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import type { KeepMaterial, KeptMaterial } from '#app/core/material-session.ts'
import type { Template, Workspace } from '#app/core/workspace-session.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { FakePeople } from './fake-people.ts'
import { Watched } from './fake-watch.ts'

/** Messages in memory: set what is watched to act as the worker, and a failure to be refused. */
export class FakeMessages extends FakePeople {
  readonly threads = new Watched<ThreadList>({ threads: [], unreadCount: 0 })
  readonly thread = new Watched<ThreadDetail | undefined>(undefined)
  readonly begun: BeginThread[] = []
  readonly sent: NewMessage[] = []
  readonly read: ThreadPlace[] = []
  readonly readUntold: ThreadPlace[] = []
  readonly ended: string[] = []
  readonly answerTimes: string[] = []
  readonly muted: boolean[] = []
  readonly requests = new Watched<readonly RequestRow[]>([])
  readonly request = new Watched<RequestDetail | undefined>(undefined)
  readonly freeSlots = new Watched<readonly FreeSlot[]>([])
  readonly opened: OpenRequest[] = []
  readonly steps: NewStep[] = []
  readonly workspace = new Watched<Workspace>({ templates: [], answerTimes: '', showsFreeTimes: false })
  /** A contact with whom no request can be opened. */
  failsFor: string | undefined
  readonly materials = new Watched<readonly KeptMaterial[]>([])
  readonly acceptedFrom = new Watched<readonly AcceptedFrom[]>([])
  requestFailure: RequestFailure | undefined
  messageHits: readonly MessageHit[] = []
  messageFailure: MessageFailure | undefined
  readonly visitor = new Watched<VisitorDetail | undefined>(undefined)
  readonly visitorLinksAsked: MakeVisitorLink[] = []
  readonly visitorLinksEnded: string[] = []
  readonly answersTaken: string[] = []
  readonly answersPutAway: string[] = []
  visitorFailure: VisitorFailure | undefined
  readonly transfers = new Watched<readonly Transfer[]>([])
  readonly letGo: FileId[] = []
  readonly stopped: FileId[] = []
  readonly goneOn: FileId[] = []
  /** What `openFile` gives; without it, and for `holdFile`, the failure. */
  file: Blob | undefined
  fileFailure: FileFailure | undefined

  watchNews(listener: (news: RoomNews) => void): Promise<Stop> {
    return watchRoomNews(this, listener)
  }

  watchThreads(listener: (threads: ThreadList) => void): Promise<Stop> {
    return this.threads.watch(listener)
  }

  watchThread(
    _place: ThreadPlace,
    _count: number,
    listener: (thread: ThreadDetail | undefined) => void,
  ): Promise<Stop> {
    return this.thread.watch(listener)
  }

  async beginThread(request: BeginThread): Promise<Result<ThreadPlace, MessageFailure>> {
    if (this.messageFailure !== undefined) return fail(this.messageFailure)
    this.begun.push(request)
    return ok({ conversationId: '1'.repeat(16), threadId: '2'.repeat(16) })
  }

  async sendMessage(_place: ThreadPlace, message: NewMessage): Promise<Result<void, MessageFailure>> {
    return this.#said(() => this.sent.push(message))
  }

  async markThreadRead(place: ThreadPlace, isUntold = false): Promise<Result<void, MessageFailure>> {
    return this.#said(() => (isUntold ? this.readUntold : this.read).push(place))
  }

  async muteThread(_place: ThreadPlace, isMuted: boolean): Promise<Result<void, MessageFailure>> {
    return this.#said(() => this.muted.push(isMuted))
  }

  async searchMessages(): Promise<readonly MessageHit[]> {
    return this.messageHits
  }

  async sayAnswerTimes(_conversationId: string, text: string): Promise<Result<void, MessageFailure>> {
    return this.#said(() => this.answerTimes.push(text))
  }

  async endConversation(conversationId: string): Promise<Result<void, MessageFailure>> {
    return this.#said(() => this.ended.push(conversationId))
  }

  watchRequests(listener: (requests: readonly RequestRow[]) => void): Promise<Stop> {
    return this.requests.watch(listener)
  }

  watchRequest(_place: RequestPlace, listener: (request: RequestDetail | undefined) => void): Promise<Stop> {
    return this.request.watch(listener)
  }

  async openRequest(request: OpenRequest): Promise<Result<RequestPlace, RequestFailure>> {
    if (this.requestFailure !== undefined) return fail(this.requestFailure)
    if (this.failsFor === request.contactId) return fail({ kind: 'contact-not-ready' })
    this.opened.push(request)
    return ok({ conversationId: '1'.repeat(16), requestId: `${request.kind}.${'2'.repeat(32)}` })
  }

  async takeStep(_place: RequestPlace, step: NewStep): Promise<Result<void, RequestFailure>> {
    if (this.requestFailure !== undefined) return fail(this.requestFailure)
    this.steps.push(step)
    return ok(undefined)
  }

  watchVisitor(_id: string, listener: (visitor: VisitorDetail | undefined) => void): Promise<Stop> {
    return this.visitor.watch(listener)
  }

  async makeVisitorLink(request: MakeVisitorLink): Promise<Result<VisitorLink, VisitorFailure>> {
    this.visitorLinksAsked.push(request)
    if (this.visitorFailure !== undefined) return fail(this.visitorFailure)
    const { topic, expiresAt, origin } = request
    const address = `${origin}/answer#secret`
    const form = { madeAt: expiresAt, expiresAt, standing: 'open', openings: [] } as const
    return ok({ linkId: '4'.repeat(32), topic, address, ...form })
  }

  async endVisitorLink(_id: string, linkId: string): Promise<Result<void, VisitorFailure>> {
    return this.#answered(() => this.visitorLinksEnded.push(linkId))
  }

  async takeAnswer(_id: string, answerId: string): Promise<Result<void, VisitorFailure>> {
    return this.#answered(() => this.answersTaken.push(answerId))
  }

  async putAnswerAway(_id: string, answerId: string): Promise<Result<void, VisitorFailure>> {
    return this.#answered(() => this.answersPutAway.push(answerId))
  }

  #answered(act: () => void): Result<void, VisitorFailure> {
    if (this.visitorFailure !== undefined) return fail(this.visitorFailure)
    act()
    return ok(undefined)
  }

  async holdFile(id: FileId, file: Blob, name: string): Promise<Result<ShownFile, FileFailure>> {
    if (this.fileFailure !== undefined) return fail(this.fileFailure)
    return ok({ id, name, type: file.type, bytes: file.size, hasPreview: false })
  }

  async letGoFile(id: FileId): Promise<void> {
    this.letGo.push(id)
  }

  watchTransfers(listener: (transfers: readonly Transfer[]) => void): Promise<Stop> {
    return this.transfers.watch(listener)
  }

  async stopTransfer(id: FileId): Promise<void> {
    this.stopped.push(id)
  }

  async goOnTransfer(id: FileId): Promise<void> {
    this.goneOn.push(id)
  }

  async openFile(): Promise<Result<File, FileFailure>> {
    if (this.fileFailure !== undefined) return fail(this.fileFailure)
    return this.file === undefined
      ? fail({ kind: 'not-all-there' })
      : ok(new File([this.file], 'sent', { type: this.file.type }))
  }

  async filePreview(): Promise<Blob | undefined> {
    return this.file
  }

  watchWorkspace(listener: (workspace: Workspace) => void): Promise<Stop> {
    return this.workspace.watch(listener)
  }

  async saveTemplate(template: Template): Promise<Result<void, SaveFailure>> {
    const others = this.workspace.value.templates.filter(({ id }) => id !== template.id)
    this.workspace.set({ ...this.workspace.value, templates: [...others, template] })
    return ok(undefined)
  }

  async removeTemplate(gone: string): Promise<Result<void, SaveFailure>> {
    const templates = this.workspace.value.templates.filter(({ id }) => id !== gone)
    this.workspace.set({ ...this.workspace.value, templates })
    return ok(undefined)
  }

  async showFreeTimes(isOn: boolean): Promise<Result<void, SaveFailure>> {
    this.workspace.set({ ...this.workspace.value, showsFreeTimes: isOn })
    return ok(undefined)
  }

  readonly shownTimes = new Watched<readonly OfferedTime[]>([])

  watchShownTimes(_contactId: string, listener: (slots: readonly OfferedTime[]) => void): Promise<Stop> {
    return this.shownTimes.watch(listener)
  }

  async sayAnswerTimesEverywhere(answerTimes: string): Promise<Result<void, SaveFailure>> {
    this.workspace.set({ ...this.workspace.value, answerTimes })
    return ok(undefined)
  }

  watchMaterials(listener: (materials: readonly KeptMaterial[]) => void): Promise<Stop> {
    return this.materials.watch(listener)
  }

  async keepMaterial({ fileIds, ...content }: KeepMaterial): Promise<Result<void, SaveFailure>> {
    const others = this.materials.value.filter(({ id }) => id !== content.id)
    const files = fileIds.map(id => ({ id, name: 'bend.png', type: 'image/png', bytes: 5, hasPreview: false }))
    this.materials.set([...others, { ...content, files }])
    return ok(undefined)
  }

  async removeMaterial(gone: string): Promise<Result<void, SaveFailure>> {
    this.materials.set(this.materials.value.filter(({ id }) => id !== gone))
    return ok(undefined)
  }

  openMaterialFile(): Promise<Result<Blob, FileFailure>> {
    return this.openFile()
  }

  watchAcceptedFrom(listener: (contacts: readonly AcceptedFrom[]) => void): Promise<Stop> {
    return this.acceptedFrom.watch(listener)
  }

  async acceptFrom(contactId: string, isOn: boolean): Promise<Result<void, SaveFailure>> {
    this.acceptedFrom.set(isOn ? [{ contactId, since: instant(0) }] : [])
    return ok(undefined)
  }

  async appointmentFile(): Promise<Result<Blob, never>> {
    return ok(new Blob(['BEGIN:VCALENDAR']))
  }

  watchFreeSlots(listener: (slots: readonly FreeSlot[]) => void): Promise<Stop> {
    return this.freeSlots.watch(listener)
  }

  async addFreeSlots(slots: readonly Slot[]): Promise<Result<void, SaveFailure>> {
    this.freeSlots.set([...this.freeSlots.value, ...slots.map(slot => ({ ...slot, taken: [] }))])
    return ok(undefined)
  }

  async removeFreeSlot(startsAt: string): Promise<Result<void, SaveFailure>> {
    this.freeSlots.set(this.freeSlots.value.filter(slot => slot.startsAt !== startsAt))
    return ok(undefined)
  }

  #said(act: () => void): Result<void, MessageFailure> {
    if (this.messageFailure !== undefined) return fail(this.messageFailure)
    act()
    return ok(undefined)
  }
}
