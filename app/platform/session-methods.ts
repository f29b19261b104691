import type { Session } from '#app/core/session.ts'

/** Methods whose last argument is a listener and whose answer ends the watching. */
export type WatchMethod = Extract<keyof Session, `watch${string}`>

/** Everything else. */
export type CallMethod = Exclude<keyof Session, WatchMethod>

export function isWatchMethod(name: string): name is WatchMethod {
  return name.startsWith('watch')
}

/**
 * What becomes of a call whose owner goes away before it answers (decision 2).
 * - `read`: it is asked again, for it changes nothing.
 * - `again`: it is sent to the next owner, for done twice is as done once.
 * - `named`: it is sent again under the name that it had, by which the next owner finds what it made.
 * - `inner`: as the method of another record that it carries.
 * - `cut-off`: done twice it would be there twice, or mean another thing by then; answered so, and not sent again.
 */
type Fate = 'read' | 'again' | 'named' | 'inner' | 'cut-off'

export const FATES = {
  // ── the vault ──
  // There is one record at most.
  createRecord: 'again',
  createSample: 'again',
  kitChallenge: 'read',
  confirmKit: 'again',
  showKit: 'read',
  practiseKit: 'again',
  unlock: 'again',
  // Safe to do at any time.
  lock: 'read',
  // The one that it asks for would be wrong by then.
  changePassphrase: 'cut-off',
  passkeyDoors: 'read',
  beginPasskey: 'read',
  // What a passkey gave is not kept to be sent again.
  addPasskey: 'cut-off',
  unlockWithPasskey: 'cut-off',
  passkeys: 'read',
  removePasskey: 'again',
  // Another tab may have begun a new record meanwhile.
  deleteEverything: 'cut-off',
  deleteEverywhere: 'cut-off',

  // ── other devices ──
  checkWords: 'read',
  // Each time with a new device. A pairing goes with the owner that began it.
  recover: 'cut-off',
  startPairing: 'cut-off',
  answerPairing: 'cut-off',
  confirmPairing: 'cut-off',
  cancelPairing: 'cut-off',
  devices: 'read',
  renameDevice: 'again',
  removeDevice: 'again',

  // ── the record ──
  timelineRows: 'read',
  facets: 'read',
  testHistory: 'read',
  entryHistory: 'read',
  whatChanged: 'read',
  readings: 'read',
  addEntry: 'named',
  addEntries: 'named',
  editEntry: 'again',
  binEntry: 'again',
  restoreEntry: 'again',
  bin: 'read',
  chooseConflict: 'again',
  seenTwice: 'read',
  sayIfSame: 'again',
  takeApart: 'again',
  // Another act would be the last one.
  undo: 'cut-off',
  undoable: 'read',
  makePrivate: 'again',
  makeOpen: 'again',
  belongings: 'read',
  eraseHistory: 'again',
  pastOf: 'read',
  erasing: 'read',
  // More may have come from the same hand.
  decideLate: 'cut-off',

  // ── bringing in, taking out ──
  previewImport: 'read',
  previewImports: 'read',
  choosePeople: 'read',
  // By its id, which the record keeps.
  commitImport: 'again',
  cancelImport: 'cut-off',
  imports: 'read',
  undoImport: 'again',
  readLink: 'read',
  previewLink: 'read',
  forgetLink: 'again',
  // The same files twice are there once.
  addPaper: 'again',
  attachPaper: 'again',
  attachment: 'read',
  thumbnail: 'read',
  original: 'read',
  cardIssuers: 'read',
  keepIssuerFile: 'again',
  forgetCardIssuer: 'again',
  cardDirectories: 'read',
  keepDirectory: 'again',
  forgetDirectory: 'again',
  exportFhir: 'read',
  takeOut: 'read',
  // It may be there, and is in the list.
  makeOutLink: 'cut-off',
  outLinks: 'read',
  endOutLink: 'again',
  armOutLink: 'again',
  reportEntries: 'read',
  entryFiles: 'read',
  keptText: 'read',
  // The same text twice changes nothing.
  keepText: 'again',
  changeCard: 'again',
  // The one that it asks for would be wrong by then.
  allowLockedCard: 'cut-off',
  renewLockedCard: 'again',
  forbidLockedCard: 'again',
  backupState: 'read',
  makeBackup: 'again',
  cancelBackup: 'read',
  checkBackupKey: 'read',
  checkBackup: 'read',
  // With a new device each time.
  restoreBackup: 'cut-off',
  showBackupCode: 'read',
  keepBackupCode: 'again',

  lookAtClinic: 'read',
  // Another would be begun; what it says of the first stays in the list.
  beginClinic: 'cut-off',
  // Its code counts once.
  finishClinic: 'cut-off',
  // Safe to do at any time.
  forgetClinicSignIn: 'read',
  cancelClinic: 'read',
  // Anybody may look again; the clinic is asked once more.
  fetchClinic: 'read',
  clinicFiles: 'read',
  // The clinic is not asked again unasked; what came stands on the entry's page.
  fetchClinicFile: 'cut-off',
  disconnectClinic: 'cut-off',

  // ── people ──
  invite: 'cut-off',
  withdrawInvitation: 'again',
  readInvitation: 'read',
  acceptInvitation: 'cut-off',
  safetyNumber: 'read',
  // They may have come back with other keys once more.
  markCompared: 'cut-off',
  markDiffering: 'again',
  decideChangedKeys: 'cut-off',
  renameContact: 'again',
  removeContact: 'again',
  checkMail: 'read',
  share: 'cut-off',
  changeShare: 'cut-off',
  stopShare: 'again',
  answerShare: 'cut-off',
  putShareAway: 'again',
  askShared: 'inner',
  fetchAccess: 'read',
  dismissEnding: 'again',
  checkPatients: 'read',
  searchPatients: 'read',
  findByCondition: 'read',
  keepCopy: 'cut-off',
  noteKept: 'cut-off',

  // ── records kept for others ──
  keepRecord: 'cut-off',
  answerGuardian: 'cut-off',
  takeOverKept: 'cut-off',
  leaveKept: 'cut-off',
  addGuardian: 'cut-off',
  changeManaging: 'again',
  planHandOver: 'cut-off',
  handOverNow: 'cut-off',
  cancelHandOver: 'cut-off',
  askKept: 'inner',

  // ── messages ──
  beginThread: 'again',
  sendMessage: 'again',
  markThreadRead: 'again',
  muteThread: 'again',
  searchMessages: 'read',
  // By its id it begins anew.
  holdFile: 'again',
  letGoFile: 'again',
  stopTransfer: 'again',
  goOnTransfer: 'again',
  openFile: 'read',
  filePreview: 'read',
  // It may be there, and is in the list.
  makeVisitorLink: 'cut-off',
  endVisitorLink: 'again',
  takeAnswer: 'again',
  putAnswerAway: 'again',
  sayAnswerTimes: 'again',
  endConversation: 'again',
  openRequest: 'again',
  takeStep: 'again',
  acceptFrom: 'again',
  saveTemplate: 'again',
  removeTemplate: 'again',
  sayAnswerTimesEverywhere: 'again',
  showFreeTimes: 'again',
  keepMaterial: 'again',
  removeMaterial: 'again',
  openMaterialFile: 'read',
  appointmentFile: 'read',
  addFreeSlots: 'again',
  removeFreeSlot: 'again',

  // ── circles ──
  beginCircle: 'again',
  sayInCircle: 'again',
  react: 'again',
  report: 'again',
  hideInCircle: 'again',
  takeDown: 'again',
  changeProfile: 'again',
  changeRules: 'again',
  chooseModerators: 'again',
  letIn: 'again',
  removeFromCircle: 'again',
  lookAtCircle: 'again',
  noteInvitation: 'again',
  muteCircle: 'again',
  leaveCircle: 'again',

  // ── the server ──
  relayAsks: 'read',
  giveRelayToken: 'again',
  addMirror: 'again',
  copyToMirror: 'again',
  removeMirror: 'again',
  startMove: 'again',
  cancelMove: 'again',

  // ── being told of it ──
  pushKey: 'read',
  // Said twice it is as said once, and the second answer is the true one.
  turnOnPush: 'read',
  turnOffPush: 'read',

  // ── settings and state ──
  keepDraft: 'again',
  keptDraft: 'read',
  changeSettings: 'again',
  flush: 'read',
  touch: 'read',
  tryNow: 'read',
} as const satisfies Readonly<Record<CallMethod, Fate>>

/** Calls that may be answered as cut off. */
export type Command = {
  [Name in CallMethod]: (typeof FATES)[Name] extends 'again' | 'cut-off' ? Name : never
}[CallMethod]

function isCallMethod(name: string): name is CallMethod {
  return Object.hasOwn(FATES, name)
}

export function fateOf(name: string): Fate {
  return isCallMethod(name) ? FATES[name] : 'cut-off'
}
