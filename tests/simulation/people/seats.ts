import type { KeptRecord } from '#app/core/kept-session.ts'
import type { Session } from '#app/core/session.ts'
import type { PeopleWorld } from './people-world.ts'
import type { Person, PersonDevice, Process } from './person-device.ts'

/** Who acts, on one device: a person as themselves, or as one of the staff of a practice. */
export interface Party {
  readonly person: Person
  readonly name: string
  readonly isRemoved: boolean
  readonly process: Process | undefined
}

/** One of the staff at one of their devices: acts as the practice. */
export class Seat implements Party {
  readonly person: Person
  readonly device: PersonDevice
  readonly keptId: string
  readonly #isOut: () => boolean

  /** `isOut`: whoever sits here was taken out of the practice. */
  constructor(person: Person, device: PersonDevice, keptId: string, isOut: () => boolean) {
    this.person = person
    this.device = device
    this.keptId = keptId
    this.#isOut = isOut
  }

  get name(): string {
    return `${this.device.name} at ${this.person.name}`
  }

  get isRemoved(): boolean {
    return this.device.isRemoved || this.#isOut()
  }

  get process(): Process | undefined {
    return this.device.process?.seats.get(this.keptId)
  }
}

/** The practices that a process has open, each as a session of its own. */
export async function watchSeats(process: Process, onSeat: (record: KeptRecord) => void): Promise<void> {
  await process.session.watchKept(kept => {
    process.offers = kept.offers
    const open = kept.records.filter(({ state, relation }) => state === 'open' && relation === 'practice')
    for (const keptId of process.seats.keys()) {
      if (open.every(record => record.keptId !== keptId)) process.seats.delete(keptId)
    }
    for (const record of open) {
      if (process.seats.has(record.keptId)) continue
      const seat = seatAt(process, record.keptId)
      process.seats.set(record.keptId, seat)
      onSeat(record)
      void watchSeat(seat)
    }
  })
}

function seatAt(process: Process, keptId: string): Process {
  return {
    ...process,
    session: roomOf(process.session, keptId),
    people: { contacts: [], invitations: [] },
    shares: { given: [], received: [] },
    status: undefined,
    threads: { threads: [], unreadCount: 0 },
    requests: [],
    seats: new Map(),
    offers: [],
    aliases: new Map(),
  }
}

/** What a process shows of what people write to each other and ask. */
export async function watchTalk(process: Process): Promise<void> {
  await process.session.watchThreads(threads => void Object.assign(process, { threads }))
  await process.session.watchRequests(requests => void Object.assign(process, { requests }))
}

async function watchSeat(seat: Process): Promise<void> {
  await seat.session.watchPeople(people => void Object.assign(seat, { people }))
  await seat.session.watchStatus(status => void Object.assign(seat, { status }))
  await watchTalk(seat)
}

/** The room of an account that is kept, as a session. What is closed meanwhile answers that it is locked. */
export function roomOf(session: Session, keptId: string): Session {
  return new Proxy({} as Session, {
    get(_none, name: string) {
      if (name === 'then') return undefined
      if (name.startsWith('watch')) {
        return (...args: readonly unknown[]) =>
          session.watchInKept(keptId, name as never, args.slice(0, -1) as never, args.at(-1) as (told: never) => void)
      }
      return async (...args: readonly unknown[]) => {
        const asked = await session.askKept(keptId, name as never, args as never)
        return asked === undefined ? { ok: false, failure: { kind: 'locked' } } : asked.answer
      }
    },
  })
}

/** What somebody does as whoever they act for. */
export type ActingDeed = (world: PeopleWorld, party: Party, process: Process) => Promise<void>
