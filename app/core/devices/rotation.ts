import { makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { equalBytes, toHex } from '#schema/bytes.ts'
import type { CapabilityId, DeviceId, LogId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { makeEpochKey, seedOf } from '../home/create-account.ts'
import type { HomeLog } from '../home/home-log.ts'
import type { Keyring, PlannedLog, Rotation } from '../home/keyring.ts'
import { putEpoch, putOwner, putPlan, putRotation, putRotationDone, putShareKem } from '../home/keyring-document.ts'
import { knownCapabilities } from '../home/known-capabilities.ts'
import { isRefused, succeedOwner } from '../home/registration.ts'
import { everyOwner } from '../home/taken-owners.ts'
import type { EpochKey, Removal, SealedLog } from '../log/sealed-log.ts'
import type { Clock, StoreFailure } from '../ports.ts'
import { isLeftBehind } from '../sharing/left-begun.ts'
import { heardTime } from '../sharing/relay-clock.ts'
import { stayingMembers } from '../sharing/staying-members.ts'
import type { RelayClient, RelayFailure } from '../sync/sync.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Why a rotation rests for now; it goes on from there when tried again. */
export type RotationRest =
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }
  | { readonly kind: 'relay'; readonly failure: RelayFailure }
  /** Another device removed the one that carries it on, or whoever began it, and that counts. */
  | { readonly kind: 'overtaken' }

export interface RotationDeps {
  /** Who carries it on. */
  readonly me: DeviceId
  readonly home: HomeLog
  /** All section logs that are open here just now: one that was begun anew may go while a rotation waits. */
  sections(): readonly SealedLog[]
  readonly client: RelayClient
  readonly clock: Clock
  /** Until all that waits is acknowledged. */
  settle(): Promise<Result<void, RelayFailure>>
  /** The relay's cursor of the home log; all that it had by then is taken in here. */
  levelHome(): Promise<Result<number, RelayFailure>>
  /** Keeps a home epoch's key in the account row, before it is used. */
  saveHomeKey(key: EpochKey): Promise<Result<void, StoreFailure>>
  /** Steps left: for the status. */
  progress(left: number): void
}

type Step = Promise<Result<void, RotationRest>>

const OVERTAKEN = fail<RotationRest>({ kind: 'overtaken' })
/** So often the relay is asked to take a succession only where it knows of no other. */
const MAX_CONDITIONAL = 5

/** Notes, durably, that every log gets new keys and that `removes` are out. `runRotation` does the rest. */
export async function beginRotation(
  home: HomeLog,
  clock: Clock,
  by: DeviceId,
  removes: readonly DeviceId[],
): Promise<Result<void, StoreFailure>> {
  const rotation = { id: toHex(randomBytes(16)), startedAt: clock.now(), by, removes }
  return home.changeKeyring(doc => putRotation(doc, rotation))
}

/** The first rotation that `me` has to carry on: its own, or one whose device is itself removed. */
export function rotationToRun(keyring: Keyring, me: DeviceId): Rotation | undefined {
  return keyring.rotations
    .filter(rotation => !rotation.isDone && isToRun(keyring, rotation, me))
    .toSorted((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1))[0]
}

function isToRun({ devices }: Keyring, rotation: Rotation, me: DeviceId): boolean {
  const isGone = (id: DeviceId) => devices.every(one => one.deviceId !== id || one.removedAt !== undefined)
  return !isGone(me) && (rotation.by === me || isGone(rotation.by))
}

/** Carries a rotation to its end, or as far as relay and disk let it. Every step asks first what is true already (decision 0006). */
export async function runRotation(deps: RotationDeps, rotationId: string): Step {
  // The home log's O first: it decides between two devices that remove each other, before either touches a section (decision 0009).
  // What the relay took until then of a log of which there was nothing gets its EPOCH after all.
  const rotated = [rotateSections, settled]
  const steps = [planRotation, settled, succeedHome, ...rotated, succeedSections, settled, ...rotated]
  for (const step of steps) {
    const done = await step(deps, rotationId)
    if (!done.ok) return done
  }
  for (const log of [deps.home.log, ...deps.sections()]) {
    if (log !== deps.home.log && !deps.sections().includes(log)) continue
    if (log.currentKeyId() === undefined) continue
    const written = await log.writeSnapshot()
    // A log that lacks something gets its snapshot later, from the upkeep.
    if (!written.ok && written.failure !== 'incomplete') return fail({ kind: 'not-stored', why: written.failure })
  }
  deps.progress(0)
  return stored(await deps.home.changeKeyring(doc => putRotationDone(doc, rotationId)))
}

/** First the home log's own epoch, so that whoever is removed cannot read what follows: the plan. */
async function planRotation(deps: RotationDeps, rotationId: string): Step {
  const { home } = deps
  // The document says it before the disk does: whoever asked for a removal that the disk refuses is told that nobody was removed.
  const durable = await home.log.flush()
  if (!durable.ok) return stored(durable)
  const { keyring, rotation } = await noted(deps, rotationId)
  if (rotation === undefined) return OVERTAKEN
  if (rotation.plan.length > 0) return ok(undefined)
  deps.progress(2 * keyring.logs.length)
  const homeKey = makeEpochKey()
  const kept = await deps.saveHomeKey(homeKey)
  if (!kept.ok) return stored(kept)
  const rotated = await home.log.writeEpoch(homeKey, homeReaders(keyring), removalsOf(rotation))
  if (!rotated.ok) return stored(rotated)
  const plans = keyring.logs.map(log => {
    const owner = makeSigningKey()
    const epoch = log.section === 'home' ? homeKey : makeEpochKey()
    const ownerNumber = (log.owners[0]?.number ?? 0) + 1
    return { epoch, owner, planned: { logId: log.logId, keyId: epoch.keyId, ownerKey: owner.publicKey, ownerNumber } }
  })
  const planned = await home.changeKeyring(doc => {
    for (const { epoch, owner, planned } of plans) {
      putEpoch(doc, planned.logId, epoch, homeKey.keyId)
      putOwner(doc, planned.logId, planned.ownerNumber, owner.publicKey, seedOf(owner))
      putPlan(doc, rotationId, planned)
    }
    putShareKem(doc, relayNow(deps), randomBytes(32))
  })
  return stored(planned)
}

async function rotateSections(deps: RotationDeps, rotationId: string): Step {
  const { keyring, rotation } = await noted(deps, rotationId)
  if (rotation === undefined) return OVERTAKEN
  const membersIn = await stayingMembers(deps.home, relayNow(deps))
  let left = 2 * rotation.plan.length
  for (const planned of rotation.plan) {
    deps.progress(left--)
    const log = deps.sections().find(one => one.id === planned.logId)
    const keys = keyring.logs.find(one => one.logId === planned.logId)
    const next = keys?.epochs.find(key => key.keyId === planned.keyId)
    if (!log || !keys || !next || log.currentKeyId() === planned.keyId) continue
    // Only its name is here: who is removed began it, and nobody goes on with it.
    if (log.members().roster.length === 0 && isLeftBehind(keyring, keys)) continue
    const rotated = await log.writeEpoch(next, [], removalsOf(rotation), membersIn(log))
    if (!rotated.ok) return stored(rotated)
  }
  return ok(undefined)
}

/** Whose clock says when shares end: by a wrong one of ours new keys would go to who is out, or not to who is in. */
function relayNow({ client, clock }: RotationDeps): Instant {
  // Nothing is sealed to anybody before the relay has answered.
  return heardTime(client, clock) ?? clock.now()
}

/**
 * The relay takes this succession only while the home log got no CONTROL frame that was not looked at: a removal of ours that counts
 * stops it, and one that does not is no reason to stop. A device that is removed could go on sending such frames, so not for ever.
 */
async function succeedHome(deps: RotationDeps, rotationId: string): Step {
  for (let attempt = 1; ; attempt++) {
    const level = await deps.levelHome()
    if (!level.ok) return fail({ kind: 'relay', failure: level.failure })
    const done = await succeedOwners(
      deps,
      rotationId,
      id => id === deps.home.log.id,
      attempt < MAX_CONDITIONAL ? level.value : undefined,
    )
    const isStale = !done.ok && done.failure.kind === 'relay' && isRefused(fail(done.failure.failure), 'stale')
    if (!isStale || attempt >= MAX_CONDITIONAL) return done
  }
}

function succeedSections(deps: RotationDeps, rotationId: string): Step {
  return succeedOwners(deps, rotationId, id => id !== deps.home.log.id)
}

/** Doing one twice is harmless: the second names the same O again, with the same capabilities. */
async function succeedOwners(
  deps: RotationDeps,
  rotationId: string,
  isWanted: (logId: LogId) => boolean,
  afterCursor?: number,
): Step {
  const { keyring, rotation } = await noted(deps, rotationId)
  if (rotation === undefined) return OVERTAKEN
  const plan = rotation.plan.filter(planned => isWanted(planned.logId))
  const refused = await deps.home.refusedKeyring()
  const numbers = new Map<LogId, { readonly planned: PlannedLog; readonly number: number; readonly key: SigningKey }>()
  let left = plan.length
  for (const planned of plan) {
    deps.progress(left--)
    const log = keyring.logs.find(one => one.logId === planned.logId)
    const next = log?.owners.find(owner => equalBytes(owner.key.publicKey, planned.ownerKey))
    if (!log || !next) continue
    const staying = (registered: readonly CapabilityId[]) => stayingIn(deps, planned.logId, registered)
    const signers = everyOwner(log, refused)
    const done = await succeedOwner(deps.client, planned.logId, next.key, signers, staying, afterCursor)
    // Whoever is removed may have deleted it: then nobody is served by it, and the others get their new O all the same.
    if (planned.logId !== deps.home.log.id && isRefused(done, 'gone')) continue
    if (!done.ok) return fail({ kind: 'relay', failure: done.failure })
    if (done.value.number !== planned.ownerNumber) {
      numbers.set(planned.logId, { planned, number: done.value.number, key: next.key })
    }
  }
  if (numbers.size === 0) return ok(undefined)
  const numbered = await deps.home.changeKeyring(doc => {
    for (const [logId, { number, key }] of numbers) putOwner(doc, logId, number, key.publicKey, seedOf(key))
  })
  return stored(numbered)
}

/**
 * What goes on: our devices' capabilities and those that shares name. More of them nobody who stays knows of: who is removed registered
 * them and told nobody, or in frames past the cut. Whoever lets a device in says so in the home log before it registers.
 */
async function stayingIn(
  deps: Pick<RotationDeps, 'home' | 'levelHome'>,
  logId: LogId,
  registered: readonly CapabilityId[],
): Promise<Result<readonly CapabilityId[], RelayFailure>> {
  const before = await knownCapabilities(deps.home, logId)
  if (registered.every(id => before.ended.has(id) || before.staying.includes(id))) return ok(before.staying)
  const level = await deps.levelHome()
  return level.ok ? ok((await knownCapabilities(deps.home, logId)).staying) : level
}

/** Ends what is registered for a log and nobody who stays knows of: a relay that was put back has again what a removal had ended. */
export async function endUnknown(
  deps: Pick<RotationDeps, 'home' | 'client' | 'levelHome'>,
  logId: LogId,
): Promise<Result<void, RelayFailure>> {
  const state = await deps.client.ownerState(logId)
  if (!state.ok) return state
  const staying = await stayingIn(deps, logId, state.value.capabilities)
  if (!staying.ok) return staying
  for (const id of state.value.capabilities.filter(one => !staying.value.includes(one))) {
    const ended = await deps.client.revokeCapability(logId, id)
    if (!ended.ok && !isRefused(ended, 'not-found')) return ended
  }
  return ok(undefined)
}

async function settled(deps: RotationDeps): Step {
  const answer = await deps.settle()
  return answer.ok ? answer : fail({ kind: 'relay', failure: answer.failure })
}

/** Who reads the home log: the devices that stay, and the words. */
export function homeReaders(keyring: Keyring): Bytes[] {
  const devices = keyring.devices.filter(device => device.removedAt === undefined)
  return [...devices.map(device => device.kemPublicKey), keyring.recoveryKemKey]
}

function removalsOf(rotation: Rotation): Removal[] {
  return rotation.removes.map(id => ({ kind: 'device', id }))
}

async function keyringOf(home: HomeLog): Promise<Keyring> {
  const keyring = await home.keyring()
  if (keyring === undefined) throw new Error('Cannot rotate keys: the keyring is not there')
  return keyring
}

/** The rotation as the keyring tells of it now; undefined once a removal by another device took it away, or its bearer. */
async function noted(
  { home, me }: RotationDeps,
  id: string,
): Promise<{ keyring: Keyring; rotation: Rotation | undefined }> {
  const keyring = await keyringOf(home)
  return { keyring, rotation: keyring.rotations.find(one => one.id === id && isToRun(keyring, one, me)) }
}

function stored(result: Result<void, StoreFailure>): Result<void, RotationRest> {
  return result.ok ? result : fail({ kind: 'not-stored', why: result.failure })
}
