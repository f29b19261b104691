import type { AdditionSession } from './addition-session.ts'
import type { CircleSession } from './circle-session.ts'
import { CircleDesk } from './circles/circle-desk.ts'
import { DraftDesk } from './draft-desk.ts'
import type { DraftSession } from './draft-session.ts'
import type { FileSession } from './file-session.ts'
import { Conversations } from './messages/conversations.ts'
import { FileDesk } from './messages/files/file-desk.ts'
import { MessageDesk } from './messages/message-desk.ts'
import type { MaterialSession } from './material-session.ts'
import type { MessageSession } from './message-session.ts'
import type { PatientSession } from './patient-session.ts'
import type { Ports } from './ports.ts'
import type { RecordService } from './record/open-record.ts'
import type { RequestSession } from './request-session.ts'
import { RequestDesk } from './requests/request-desk.ts'
import { PatientDesk } from './sharing/patient-desk.ts'
import type { PeopleDesk } from './sharing/people-desk.ts'
import type { PassphraseCheck } from './vault/fresh-unlock.ts'
import type { VaultSlot } from './vault/open-vault.ts'
import type { VisitorSession } from './visitor-session.ts'
import { VisitorDesk } from './visitors/visitor-desk.ts'
import type { WorkspaceSession } from './workspace-session.ts'
import { MaterialDesk } from './workspace/material-desk.ts'
import { WorkspaceDesk } from './workspace/workspace-desk.ts'

/** What the people of one account do together with others: they write, ask, answer, and look after them. */
export interface TogetherSession
  extends MessageSession,
    FileSession,
    RequestSession,
    AdditionSession,
    WorkspaceSession,
    MaterialSession,
    VisitorSession,
    PatientSession,
    DraftSession,
    CircleSession {}

export interface TogetherDeps {
  readonly ports: Ports
  readonly slot: VaultSlot
  readonly people: PeopleDesk
  readonly vault: PassphraseCheck
  /** Of this person's own, also in the room of an account with which they write under another name. */
  readonly record: () => RecordService | undefined
  /** This person's own name, in the room of an account that is kept. */
  readonly name?: () => string
}

export interface Together {
  readonly session: TogetherSession
  readonly conversations: Conversations
}

/** All of it over the vault in a slot: one's own, or an account that is kept. */
export function makeTogether({ ports, slot, people, vault, record, name }: TogetherDeps): Together {
  const drafts = new DraftDesk(slot, ports.store)
  const staffName = () => (slot.open?.about.person.isPractice === true ? name?.() : undefined)
  const conversations = new Conversations(ports, slot, people, staffName)
  const files: FileDesk = new FileDesk({
    ports,
    slot,
    conversations,
    isInDraft: id => drafts.mentions(id),
    onSent: () => messages.filesSent(),
    inRequests: (known, id) => requests.fileOf(known, id),
  })
  const messages: MessageDesk = new MessageDesk(ports.clock, slot, conversations, files)
  const requests: RequestDesk = new RequestDesk({ ports, slot, conversations, vault, files })
  const workspace = new WorkspaceDesk(ports.clock, slot, conversations, people, () => requests.freeTimes())
  const materials = new MaterialDesk(slot, files)
  const visitors = new VisitorDesk({ ports, slot, conversations, requests, files })
  const patients = new PatientDesk(people)
  const circles = new CircleDesk({ clock: ports.clock, slot, people, conversations, messages, files, record })
  const again = conversations.carryOut.bind(conversations)
  return {
    conversations,
    session: {
      watchThreads: listener => messages.watchThreads(listener),
      watchThread: (place, count, listener) => messages.watchThread(place, count, listener),
      beginThread: request => again(() => messages.beginThread(request)),
      sendMessage: (place, message) => again(() => messages.sendMessage(place, message)),
      markThreadRead: (place, isUntold) => again(() => messages.markThreadRead(place, isUntold)),
      muteThread: (place, isMuted) => again(() => messages.muteThread(place, isMuted)),
      searchMessages: text => again(() => messages.searchMessages(text)),
      sayAnswerTimes: (id, text) => again(() => messages.sayAnswerTimes(id, text)),
      endConversation: id => again(() => messages.endConversation(id)),
      holdFile: (id, file, name) => files.holdFile(id, file, name),
      letGoFile: id => files.letGoFile(id),
      watchTransfers: listener => files.watchTransfers(listener),
      stopTransfer: id => files.stopTransfer(id),
      goOnTransfer: id => files.goOnTransfer(id),
      openFile: (conversationId, id) => files.openFile(conversationId, id),
      filePreview: (conversationId, id) => files.filePreview(conversationId, id),
      watchRequests: listener => requests.watchRequests(listener),
      watchRequest: (place, listener) => requests.watchRequest(place, listener),
      openRequest: request => again(() => requests.openRequest(request)),
      takeStep: (place, step) => again(() => requests.takeStep(place, step)),
      appointmentFile: (place, title, passphrase) => requests.appointmentFile(place, title, passphrase),
      watchFreeSlots: listener => requests.watchFreeSlots(listener),
      watchShownTimes: (contactId, listener) => requests.watchShownTimes(contactId, listener),
      addFreeSlots: slots => requests.addFreeSlots(slots),
      removeFreeSlot: startsAt => requests.removeFreeSlot(startsAt),
      watchWorkspace: listener => workspace.watchWorkspace(listener),
      saveTemplate: template => workspace.saveTemplate(template),
      removeTemplate: id => workspace.removeTemplate(id),
      sayAnswerTimesEverywhere: text => workspace.sayAnswerTimesEverywhere(text),
      showFreeTimes: isOn => workspace.showFreeTimes(isOn),
      watchMaterials: listener => materials.watch(listener),
      keepMaterial: material => materials.keep(material),
      removeMaterial: id => materials.drop(id),
      openMaterialFile: id => materials.openFile(id),
      watchAcceptedFrom: listener => requests.additions.watchAcceptedFrom(listener),
      acceptFrom: (contactId, isOn) => requests.additions.acceptFrom(contactId, isOn),
      watchVisitor: (conversationId, listener) => visitors.watchVisitor(conversationId, listener),
      makeVisitorLink: request => visitors.makeVisitorLink(request),
      endVisitorLink: (conversationId, linkId) => visitors.endVisitorLink(conversationId, linkId),
      takeAnswer: (conversationId, answerId) => visitors.takeAnswer(conversationId, answerId),
      putAnswerAway: (conversationId, answerId) => visitors.putAnswerAway(conversationId, answerId),
      watchPatients: listener => patients.watch(listener),
      checkPatients: () => patients.check(),
      searchPatients: (text, shown) => patients.search(text, shown),
      findByCondition: condition => patients.byCondition(condition),
      keepCopy: (id, request) => patients.keepCopy(id, request),
      noteKept: (id, request) => patients.noteKept(id, request),
      watchCircle: listener => circles.watchCircle(listener),
      watchCircleNews: listener => circles.watchCircleNews(listener),
      lookAtCircle: postId => again(() => circles.lookAtCircle(postId)),
      muteCircle: isMuted => again(() => circles.muteCircle(isMuted)),
      watchPosts: (count, listener) => circles.watchPosts(count, listener),
      watchPost: (id, listener) => circles.watchPost(id, listener),
      beginCircle: request => again(() => circles.beginCircle(request)),
      sayInCircle: (said, postId) => again(() => circles.sayInCircle(said, postId)),
      react: (saidId, mark) => again(() => circles.react(saidId, mark)),
      report: (saidId, why) => again(() => circles.report(saidId, why)),
      hideInCircle: (saidId, isHidden) => again(() => circles.hideInCircle(saidId, isHidden)),
      takeDown: saidId => again(() => circles.takeDown(saidId)),
      changeProfile: profile => again(() => circles.changeProfile(profile)),
      changeRules: rules => again(() => circles.changeRules(rules)),
      chooseModerators: ids => again(() => circles.chooseModerators(ids)),
      noteInvitation: (id, forWhom) => again(() => circles.noteInvitation(id, forWhom)),
      letIn: (contactId, inPlaceOf) => again(() => circles.letIn(contactId, inPlaceOf)),
      removeFromCircle: memberId => again(() => circles.removeFromCircle(memberId)),
      leaveCircle: () => again(() => circles.leaveCircle()),
      keepDraft: (place, text) => drafts.keepDraft(place, text),
      keptDraft: place => drafts.keptDraft(place),
    },
  }
}
