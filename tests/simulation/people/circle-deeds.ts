import type { CircleDetail, CircleSaid } from '#app/core/circle-session.ts'
import { AVATARS, CIRCLE_MARKS } from '#schema/messages/circle.ts'
import { Broken } from '../world.ts'
import { type AliasRoom, circleAt, type CircleShown } from './circle-rooms.ts'
import type { AliasStory, CircleStory } from './circles.ts'
import type { PeopleWorld } from './people-world.ts'
import type { PersonDevice, Process } from './person-device.ts'
import type { Deed } from './record-deeds.ts'

const OPENS_WITHIN_MS = 20_000
const LOOKS_EACH_MS = 500
const MOST_CIRCLES = 2

/** Somebody in a circle, on one device. */
interface Sitting {
  readonly alias: AliasStory
  readonly room: AliasRoom
  readonly shown: CircleShown
}

async function someSitting(
  world: PeopleWorld,
  { aliases }: Process,
  isMeant: (shown: CircleShown) => boolean = ({ detail }) => !detail.isOver || world.random.chance(0.1),
): Promise<Sitting | undefined> {
  for (const room of world.random.shuffled([...aliases.values()])) {
    const shown = await circleAt(world, room)
    const alias = world.circles.aliases.get(room.keptId)
    if (shown !== undefined && alias !== undefined && isMeant(shown)) return { alias, room, shown }
  }
  return undefined
}

const isOwners = ({ detail }: CircleShown) => detail.you.role === 'owner'

async function makeAlias(world: PeopleWorld, device: PersonDevice, process: Process) {
  const name = world.nextText()
  const made = await process.session.keepRecord({ personName: name, birthDate: '', relation: 'circle' })
  world.count(`make an account for a circle ${made.ok ? 'ok' : made.failure.kind}`)
  if (!made.ok) return undefined
  const { keptId } = made.value
  const alias = world.circles.noteAlias(keptId, device.person, name)
  world.circles.noteText(name, 'pseudonym', alias, device)
  const untilMs = world.time.nowMs + OPENS_WITHIN_MS
  while (!process.aliases.has(keptId) && world.time.nowMs < untilMs) {
    await new Promise<void>(resolve => void world.time.after(LOOKS_EACH_MS, resolve))
  }
  const room = process.aliases.get(keptId)
  return room && { alias, room, name }
}

export const beginCircle: Deed = async (world, device, process) => {
  if (world.circles.circles.length >= MOST_CIRCLES) return
  const made = await makeAlias(world, device, process)
  if (made === undefined) return
  const [name, rules] = [world.nextText(), world.nextText()]
  world.circles.noteCircle(name, made.alias)
  world.circles.noteText(name, 'name', made.alias, device)
  world.circles.noteText(rules, 'rules', made.alias, device)
  const request = { name, rules, avatar: world.random.pick(AVATARS), key: world.talk.nextKey() }
  const begun = await made.room.session.beginCircle(request)
  world.count(`begin a circle ${begun.ok ? 'ok' : begun.failure.kind}`)
  world.note(`${device.name} begins the circle ${name} as ${made.name} ${begun.ok}`)
}

export const inviteToCircle: Deed = async (world, device, process) => {
  const sitting = await someSitting(world, process, isOwners)
  if (sitting?.alias.circle === undefined || sitting.room.people.invitations.length > 2) return
  const invited = await sitting.room.session.invite()
  world.count(`invite to a circle ${invited.ok ? 'ok' : invited.failure.kind}`)
  if (invited.ok) world.circles.invitations.push({ circle: sitting.alias.circle, code: invited.value.code })
  world.note(`${device.name} invites to ${sitting.alias.circle.name} ${invited.ok}`)
}

/** With an account made for it; whoever is out asks again with the one they had, or with another. */
export const askToComeIn: Deed = async (world, device, process) => {
  const { random, circles } = world
  const own = [...process.aliases.keys()].flatMap(keptId => circles.aliases.get(keptId) ?? [])
  const open = circles.invitations.filter(({ circle }) => circle.owner.person !== device.person)
  if (open.length === 0) return
  const { circle, code } = random.pick(open)
  const before = own.find(alias => alias.circle === circle || alias.circle === undefined)
  const room = before && process.aliases.get(before.keptId)
  const isIn = room && (await circleAt(world, room))?.detail.isOver === false
  if (isIn === true) return
  const made =
    room !== undefined && random.chance(0.7) ? { alias: before!, room } : await makeAlias(world, device, process)
  if (made === undefined) return
  made.alias.circle = circle
  circle.everAsked.add(device.person)
  const asked = await made.room.session.acceptInvitation(code)
  const failure = asked.ok ? 'ok' : asked.failure
  const why = failure === 'ok' ? failure : failure.kind === 'closed' ? failure.reason : failure.kind
  world.count(`ask to come in ${why}`)
  world.note(`${device.name} asks to come into ${circle.name} as ${made.alias.names.at(-1)}: ${why}`)
}

export const letIntoCircle: Deed = async (world, device, process) => {
  const sitting = await someSitting(world, process, shown => isOwners(shown) && shown.detail.asking.length > 0)
  const { circle } = sitting?.alias ?? {}
  if (sitting === undefined || circle === undefined) return
  const { contactId, name } = world.random.pick(sitting.shown.detail.asking)
  const guest = world.circles.called(name)
  if (guest === undefined) throw new Broken(`${device.name} is asked by ${name}, who is nobody`)
  circle.everIn.add(guest.person)
  const done = await sitting.room.session.letIn(contactId)
  world.count(`let into a circle ${done.ok ? 'ok' : done.failure.kind}`)
  world.note(`${device.name} lets ${name} of ${guest.person.name} in ${done.ok}`)
}

export const sayInCircle: Deed = async (world, device, process) => {
  const sitting = await someSitting(world, process)
  if (sitting !== undefined) await sayAs(world, device, sitting)
}

/** A post, or a comment; answers what was said once it is saved. */
export async function sayAs(world: PeopleWorld, device: PersonDevice, { alias, room, shown }: Sitting) {
  const { random } = world
  const post = shown.posts.length > 0 && random.chance(0.5) ? random.pick(shown.posts) : undefined
  const said = world.circles.noteText(world.nextText(), 'said', alias, device)
  const message = { text: said.text, key: world.talk.nextKey() }
  const done = await room.session.sayInCircle(message, post?.postId)
  world.count(`${post === undefined ? 'post' : 'comment'} ${done.ok ? 'ok' : done.failure.kind}`)
  world.note(`${device.name} says ${said.text} in ${alias.circle?.name} ${done.ok ? 'ok' : done.failure.kind}`)
  if (!done.ok) return undefined
  if (shown.detail.isOver && !isBack(await circleAt(world, room)))
    throw new Broken(`${device.name} could say something in a circle that is over`)
  said.isSaved = true
  // Whoever heard no answer sends once more.
  if (random.chance(0.1)) await room.session.sayInCircle(message, post?.postId)
  return said
}

/** They were let in again meanwhile. */
const isBack = (shown: CircleShown | undefined) => shown?.detail.isOver === false

function someSaid(world: PeopleWorld, { posts }: CircleShown): CircleSaid | undefined {
  const said = posts.flatMap(post => [post, ...post.comments])
  return said.length === 0 ? undefined : world.random.pick(said)
}

/** What is done to something that was said. */
const toSaid =
  (
    what: string,
    act: (world: PeopleWorld, sitting: Sitting, said: CircleSaid, device: PersonDevice) => Promise<Done>,
  ): Deed =>
  async (world, device, process) => {
    const sitting = await someSitting(world, process)
    const said = sitting && someSaid(world, sitting.shown)
    if (sitting === undefined || said === undefined) return
    const done = await act(world, sitting, said, device)
    world.count(`${what} ${done.ok ? 'ok' : done.failure.kind}`)
    world.note(`${device.name}: ${what} ${said.text || said.id} ${done.ok ? 'ok' : done.failure.kind}`)
  }

type Done = Awaited<ReturnType<Process['session']['react']>>

export const reactInCircle = toSaid('react', (world, { room }, { id }) =>
  room.session.react(id, world.random.chance(0.2) ? undefined : world.random.pick(CIRCLE_MARKS)),
)

export const reportInCircle = toSaid('report', (world, { alias, room }, { id }) => {
  const why = world.circles.noteText(world.nextText(), 'why', alias)
  return room.session.report(id, why.text)
})

export const hideInCircle = toSaid('hide', (_world, { room }, { id, isHidden }) =>
  room.session.hideInCircle(id, !isHidden),
)

export const takeDownInCircle = toSaid('take down', async (world, { alias, room, shown }, said, device) => {
  const { id, text, by, mayTakeDown } = said
  if (mayTakeDown) world.circles.takenDown.add(text)
  const done = await room.session.takeDown(id)
  const isForGood = done.ok && text !== '' && (by.isYou || isOwners(shown))
  if (isForGood) world.circles.downForGood.push({ text, by: alias, on: device })
  return done
})

export const changeProfile: Deed = async (world, device, process) => {
  const sitting = await someSitting(world, process)
  if (sitting === undefined) return
  const name = world.nextText()
  sitting.alias.names.push(name)
  world.circles.noteText(name, 'pseudonym', sitting.alias, device)
  const changed = await sitting.room.session.changeProfile({ name, avatar: world.random.pick(AVATARS) })
  world.count(`change a profile ${changed.ok ? 'ok' : changed.failure.kind}`)
  world.note(`${device.name} is called ${name} in ${sitting.alias.circle?.name} ${changed.ok}`)
}

export const changeRules: Deed = async (world, device, process) => {
  const sitting = await someSitting(world, process)
  if (sitting === undefined) return
  const isMine = isOwners(sitting.shown)
  const rules = world.nextText()
  if (isMine) world.circles.noteText(rules, 'rules', sitting.alias, device)
  const changed = await sitting.room.session.changeRules(rules)
  world.count(`change rules ${changed.ok ? 'ok' : changed.failure.kind}`)
  if (changed.ok && !isMine) throw new Broken(`${device.name} could change the rules of another’s circle`)
}

export const chooseModerators: Deed = async (world, device, process) => {
  const sitting = await someSitting(world, process, isOwners)
  if (sitting === undefined) return
  const others = sitting.shown.detail.members.filter(({ isYou }) => !isYou)
  const chosen = world.random.shuffled(others).slice(0, world.random.below(3))
  const done = await sitting.room.session.chooseModerators(chosen.map(({ id }) => id))
  world.count(`choose moderators ${done.ok ? 'ok' : done.failure.kind}`)
  world.note(`${device.name} has ${chosen.map(({ name }) => name).join() || 'nobody'} moderate ${done.ok}`)
}

export const removeMember: Deed = async (world, device, process) => {
  const sitting = await someSitting(world, process, isOwners)
  const others = sitting?.shown.detail.members.filter(({ isYou }) => !isYou) ?? []
  if (sitting?.alias.circle === undefined || others.length === 0) return
  await removeOne(world, device, { ...sitting, circle: sitting.alias.circle, member: world.random.pick(others) })
}

type Member = CircleDetail['members'][number]

/** They keep what their devices had. */
export async function removeOne(
  world: PeopleWorld,
  device: PersonDevice,
  { room, circle, member }: Pick<Sitting, 'room'> & { readonly circle: CircleStory; readonly member: Member },
): Promise<boolean> {
  const leaver = world.circles.called(member.name)
  if (leaver === undefined) throw new Broken(`${device.name} sees ${member.name}, who is nobody, in ${circle.name}`)
  keepLeaver(world, leaver)
  const done = await room.session.removeFromCircle(member.id)
  world.count(`remove a member ${done.ok ? 'ok' : done.failure.kind}`)
  world.note(`${device.name} removes ${member.name} of ${leaver.person.name} from ${circle.name} ${done.ok}`)
  return done.ok
}

function keepLeaver(world: PeopleWorld, alias: AliasStory): void {
  for (const device of world.devicesOf(alias.person))
    world.circles.leavers.push({ alias, device, disk: device.disk.clone() })
}

/** As the page does it: once the others can know, the account is given up on all of one's devices. */
export const leaveCircle: Deed = async (world, device, process) => {
  const sitting = await someSitting(world, process)
  if (sitting === undefined || (isOwners(sitting.shown) && world.random.chance(0.8))) return
  keepLeaver(world, sitting.alias)
  const left = await sitting.room.session.leaveCircle()
  world.count(`leave a circle ${left.ok ? 'ok' : left.failure.kind}`)
  world.note(`${device.name} leaves ${sitting.alias.circle?.name} ${left.ok ? 'ok' : left.failure.kind}`)
  if (left.ok) await giveUp(world, device, process, sitting.alias)
}

/** Whoever was not let in yet. */
export const giveUpCircle: Deed = async (world, device, process) => {
  for (const room of process.aliases.values()) {
    const [alias, shown] = [world.circles.aliases.get(room.keptId), await circleAt(world, room)]
    if (alias === undefined || shown !== undefined || world.random.chance(0.5)) continue
    // Noted before: whoever is let in at the same moment is listed, and takes no part.
    alias.isGhost = true
    return giveUp(world, device, process, alias)
  }
}

async function giveUp(world: PeopleWorld, device: PersonDevice, { session }: Process, alias: AliasStory) {
  const gone = await session.leaveKept(alias.keptId)
  world.count(`give up an account ${gone.ok ? 'ok' : gone.failure.kind}`)
  world.note(`${device.name} gives up ${alias.names.at(-1)} ${gone.ok}`)
}
