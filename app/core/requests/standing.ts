import { type Instant, instant } from '#schema/instant.ts'
import { partsOfFields } from '#schema/record/own-entry.ts'
import type { EntryFields, EntryParts } from '#schema/record/entry.ts'
import type { AppointmentStep } from '#schema/requests/appointment.ts'
import type { Role } from '#schema/requests/machine.ts'
import { kindOf } from '#schema/requests/request-id.ts'
import type { MaterialReading } from '../request-session.ts'
import { type AppointmentTimes, appointmentTimes } from './appointment-time.ts'
import type { KnownRequest } from './known-request.ts'
import type { RequestView } from './state-of.ts'
import { isNewsTo, type Turn, turnOf } from './waiting.ts'

/** All that a list says of a request and that its shard alone decides: neither names nor the clock change it. */
export interface Standing extends AppointmentTimes {
  readonly title: string
  readonly state: string
  readonly isFinal: boolean
  /** This person's. */
  readonly role: Role
  readonly lastAt: Instant
  readonly turn?: Turn
  /** To this person, until they have looked at it. */
  readonly isNews?: true
  /** When the steps that count were taken, by their writers' clocks. */
  readonly claimed: readonly Instant[]
  readonly offer?: EntryParts
  readonly reading?: MaterialReading
}

export function standingOf(request: KnownRequest): Standing {
  const { id, machine, role, view } = request
  const turn = turnOf(machine, view)
  return {
    title: titleOf(request),
    state: view.state ?? '',
    isFinal: view.isFinal,
    role,
    lastAt: instant(Math.max(0, ...view.history.map(({ step }) => step.claimedAt))),
    claimed: view.counted.map(({ claimedAt }) => claimedAt),
    ...(turn === undefined ? {} : { turn }),
    ...(isNewsTo(machine, view, role) ? { isNews: true as const } : {}),
    ...(kindOf(id) === 'addition' ? { offer: offerOf(request) } : {}),
    ...timesIn(request),
    ...(kindOf(id) === 'material' ? { reading: readingOf(request) } : {}),
  }
}

/** Whatever its patient did with it, they had it before them. */
function readingOf({ view }: KnownRequest): MaterialReading {
  return {
    sentAt: view.counted[0]?.claimedAt ?? instant(0),
    isRead: view.history.some(({ step }) => step.role === 'patient'),
  }
}

const MAX_TITLE = 80

/** Also of reasons, which are longer. */
function titleOf({ view }: KnownRequest): string {
  const { medicineName, title, why, wish } = view.counted[0]?.data ?? {}
  const words = [medicineName, title, why, wish].find(one => typeof one === 'string') ?? ''
  return words.length <= MAX_TITLE ? words : `${words.slice(0, MAX_TITLE - 1).toWellFormed()}…`
}

function offerOf({ view }: KnownRequest): EntryParts {
  return partsOfFields(view.counted[0]?.data['entry'] as EntryFields)
}

export function timesIn({ id, view }: KnownRequest): AppointmentTimes {
  if (kindOf(id) !== 'appointment') return {}
  return appointmentTimes(view as unknown as RequestView<string, AppointmentStep>)
}
