import type { Deed } from './record-deeds.ts'

export const invite: Deed = async (world, device, process) => {
  const { contacts, invitations } = process.people
  if (invitations.length > 2) return
  const again = contacts.length > 0 && world.random.chance(0.2) ? world.random.pick(contacts) : undefined
  const invited = await process.session.invite(again?.contactId)
  world.count(`invite ${invited.ok ? 'ok' : invited.failure.kind}`)
  if (!invited.ok) return
  world.invitations.push({
    by: device.person,
    code: invited.value.code,
    ...(again === undefined ? {} : { forName: again.name }),
  })
}

export const accept: Deed = async (world, device, process) => {
  // Seldom somebody takes the one that was made to meet somebody else again.
  const isFor = (name: string | undefined) =>
    name === undefined || name === device.person.fullName || world.random.chance(0.05)
  const others = world.invitations.filter(({ by, forName }) => by !== device.person && isFor(forName))
  if (others.length === 0) return
  const { by, code } = world.random.pick(others)
  const accepted = await process.session.acceptInvitation(code)
  const failure = accepted.ok ? 'ok' : accepted.failure
  const why = failure === 'ok' ? failure : failure.kind === 'closed' ? failure.reason : failure.kind
  world.count(`accept invitation ${why}`)
  world.note(`${device.name} accepts ${by.name}’s invitation: ${why}`)
}

export const withdraw: Deed = async (world, device, process) => {
  const open = process.people.invitations[0]
  if (open === undefined) return
  const withdrawn = await process.session.withdrawInvitation(open.invitationId)
  world.count(`withdraw ${withdrawn.ok ? 'ok' : withdrawn.failure.kind}`)
}

/** Two people look at the number together, each on a screen of their own. */
export const compare: Deed = async (world, device, process) => {
  const known = process.people.contacts.filter(({ state }) => state === 'known')
  if (known.length === 0) return
  const contact = world.random.pick(known)
  const other = world.person(contact.name)
  const there = other && world.devicesOf(other).find(one => one.process !== undefined)?.process
  const mine = there?.people.contacts.find(({ name, state }) => name === device.person.fullName && state === 'known')
  if (there === undefined || mine === undefined) return
  const [here, at] = [process.session.safetyNumber(contact.contactId), there.session.safetyNumber(mine.contactId)]
  const [one, two] = await Promise.all([here, at])
  if (one === undefined || two === undefined) return
  if (one.digits !== two.digits) return world.fail(new Error('14: two who know each other see two numbers'))
  const marked = await process.session.markCompared(contact.contactId, one.digits)
  world.count(`compare ${marked.ok ? 'ok' : marked.failure.kind}`)
}

/** Who came by an invitation that was made for somebody else is not taken for them. */
export const keepKnownKeys: Deed = async (world, _device, process) => {
  const changed = process.people.contacts.find(({ state }) => state === 'changed')
  if (changed === undefined) return
  const kept = await process.session.decideChangedKeys(changed.contactId, 'keep')
  world.count(`keep known keys ${kept.ok ? 'ok' : kept.failure.kind}`)
}

export const checkMail: Deed = async (world, _device, process) => {
  await process.session.checkMail()
  world.count('check mail')
}

export const removeContact: Deed = async (world, device, process) => {
  const { contacts } = process.people
  if (contacts.length === 0 || world.random.chance(0.5)) return
  const contact = world.random.pick(contacts)
  // Noted before: a process that dies while it removes somebody may have removed them.
  const before = world.removedContacts.get(device.person) ?? new Set()
  world.removedContacts.set(device.person, before.add(contact.name))
  const removed = await process.session.removeContact(contact.contactId)
  world.count(`remove contact ${removed.ok ? 'ok' : removed.failure.kind}`)
  world.note(`${device.name} removes contact ${contact.name} ${removed.ok}`)
}
