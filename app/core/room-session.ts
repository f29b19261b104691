import type { BackupSession } from './backup-session.ts'
import type { LockedCardSession } from './card-session.ts'
import type { ClinicSession } from './clinic-session.ts'
import type { GuardianSession, HandOverSession, KeptSession } from './kept-session.ts'
import type { PasskeySession } from './passkey-session.ts'
import type { PushSession } from './push-session.ts'
import type { Session } from './session.ts'

/** What is this person's own business, whatever record they look at. */
type OwnOnly =
  | keyof BackupSession
  | keyof LockedCardSession
  | keyof ClinicSession
  | keyof PasskeySession
  | keyof PushSession
  | Exclude<keyof KeptSession, keyof GuardianSession | keyof HandOverSession>
  | 'createRecord'
  | 'createSample'
  | 'unlock'
  | 'lock'
  | 'changePassphrase'
  | 'deleteEverything'
  | 'deleteEverywhere'
  | 'checkWords'
  | 'practiseKit'
  | 'recover'
  | 'startPairing'
  | 'answerPairing'
  | 'watchPairing'
  | 'confirmPairing'
  | 'cancelPairing'
  | 'watchSettings'
  | 'changeSettings'
  | 'touch'
  | 'tryNow'

/** What can be asked of any record that is open, one's own or a kept one. */
export type RoomSession = Omit<Session, OwnOnly>

/** Every method of a room. A question changes nothing and can be asked again. */
export const ROOM_METHODS: Readonly<Record<keyof RoomSession, 'watch' | 'question' | 'act'>> = {
  watchVault: 'watch',
  kitChallenge: 'question',
  confirmKit: 'act',
  showKit: 'question',
  devices: 'question',
  renameDevice: 'act',
  removeDevice: 'act',
  watchHome: 'watch',
  watchTimeline: 'watch',
  timelineRows: 'question',
  watchEntry: 'watch',
  facets: 'question',
  watchTests: 'watch',
  watchTracked: 'watch',
  testHistory: 'question',
  entryHistory: 'question',
  whatChanged: 'question',
  readings: 'question',
  addEntry: 'act',
  addEntries: 'act',
  editEntry: 'act',
  binEntry: 'act',
  restoreEntry: 'act',
  bin: 'question',
  chooseConflict: 'act',
  seenTwice: 'question',
  sayIfSame: 'act',
  takeApart: 'act',
  undo: 'act',
  makePrivate: 'act',
  belongings: 'question',
  eraseHistory: 'act',
  pastOf: 'question',
  erasing: 'question',
  makeOpen: 'act',
  undoable: 'question',
  previewImport: 'act',
  previewImports: 'act',
  commitImport: 'act',
  choosePeople: 'act',
  cancelImport: 'act',
  watchImport: 'watch',
  imports: 'question',
  undoImport: 'act',
  readLink: 'question',
  previewLink: 'act',
  forgetLink: 'act',
  addPaper: 'act',
  attachPaper: 'act',
  attachment: 'question',
  thumbnail: 'question',
  original: 'question',
  cardIssuers: 'question',
  keepIssuerFile: 'act',
  forgetCardIssuer: 'act',
  cardDirectories: 'question',
  keepDirectory: 'act',
  forgetDirectory: 'act',
  exportFhir: 'question',
  takeOut: 'question',
  makeOutLink: 'act',
  outLinks: 'question',
  endOutLink: 'act',
  armOutLink: 'act',
  reportEntries: 'question',
  entryFiles: 'question',
  keptText: 'question',
  keepText: 'act',
  watchCard: 'watch',
  watchCardChoices: 'watch',
  changeCard: 'act',
  watchStatus: 'watch',
  watchLate: 'watch',
  decideLate: 'act',
  flush: 'question',
  watchPeople: 'watch',
  invite: 'act',
  withdrawInvitation: 'act',
  readInvitation: 'question',
  acceptInvitation: 'act',
  safetyNumber: 'question',
  markCompared: 'act',
  markDiffering: 'act',
  decideChangedKeys: 'act',
  renameContact: 'act',
  removeContact: 'act',
  checkMail: 'question',
  watchShares: 'watch',
  watchAccess: 'watch',
  fetchAccess: 'question',
  watchEndings: 'watch',
  dismissEnding: 'act',
  share: 'act',
  changeShare: 'act',
  stopShare: 'act',
  answerShare: 'act',
  putShareAway: 'act',
  askShared: 'act',
  watchShared: 'watch',
  watchGuardians: 'watch',
  addGuardian: 'act',
  changeManaging: 'act',
  watchHandOver: 'watch',
  planHandOver: 'act',
  handOverNow: 'act',
  cancelHandOver: 'act',
  watchThreads: 'watch',
  watchThread: 'watch',
  beginThread: 'act',
  sendMessage: 'act',
  markThreadRead: 'act',
  muteThread: 'act',
  searchMessages: 'question',
  sayAnswerTimes: 'act',
  endConversation: 'act',
  holdFile: 'act',
  letGoFile: 'act',
  watchTransfers: 'watch',
  stopTransfer: 'act',
  goOnTransfer: 'act',
  openFile: 'question',
  filePreview: 'question',
  watchRequests: 'watch',
  watchRequest: 'watch',
  openRequest: 'act',
  takeStep: 'act',
  appointmentFile: 'question',
  watchFreeSlots: 'watch',
  addFreeSlots: 'act',
  removeFreeSlot: 'act',
  watchWorkspace: 'watch',
  saveTemplate: 'act',
  removeTemplate: 'act',
  sayAnswerTimesEverywhere: 'act',
  watchAcceptedFrom: 'watch',
  acceptFrom: 'act',
  watchVisitor: 'watch',
  makeVisitorLink: 'act',
  endVisitorLink: 'act',
  takeAnswer: 'act',
  putAnswerAway: 'act',
  watchPatients: 'watch',
  checkPatients: 'question',
  searchPatients: 'question',
  keepCopy: 'act',
  noteKept: 'act',
  watchCircle: 'watch',
  watchPosts: 'watch',
  watchPost: 'watch',
  beginCircle: 'act',
  sayInCircle: 'act',
  react: 'act',
  report: 'act',
  hideInCircle: 'act',
  takeDown: 'act',
  changeProfile: 'act',
  changeRules: 'act',
  chooseModerators: 'act',
  letIn: 'act',
  removeFromCircle: 'act',
  leaveCircle: 'act',
  keepDraft: 'act',
  keptDraft: 'question',
}

export type KeptWatch = Extract<keyof RoomSession, `watch${string}`>
export type KeptCall = Exclude<keyof RoomSession, KeptWatch>

/** A watch's arguments before its listener. */
export type KeptWatchArgs<Name extends KeptWatch> =
  Parameters<RoomSession[Name]> extends [...infer Before, unknown] ? Before : never
