import type { AppointmentStep, MeetingWay } from '#schema/requests/appointment.ts'
import type { RequestView } from './state-of.ts'

/** When somebody is to be there, and where. */
export interface AppointmentTime {
  /** FHIR dateTime with time and zone. */
  readonly startsAt: string
  readonly minutes?: number
  readonly way?: MeetingWay
  readonly place?: string
  readonly withWhom?: string
  /** It stands: as it was confirmed, or moved since. Else it was chosen, and waits to be confirmed. */
  readonly isAgreed: boolean
}

type Place = Pick<AppointmentTime, 'way' | 'place' | 'withWhom'>

export interface AppointmentTimes {
  /** None while slots are chosen, and none that was called off. */
  readonly time?: AppointmentTime
  /** The one that stood until it was called off: whoever wrote it down elsewhere has to know which. */
  readonly calledOff?: AppointmentTime
}

export function appointmentTimes({ counted }: Pick<RequestView<string, AppointmentStep>, 'counted'>): AppointmentTimes {
  let slots: readonly Pick<AppointmentTime, 'startsAt' | 'minutes'>[] = []
  let place: Place = {}
  let time: AppointmentTime | undefined
  let calledOff: AppointmentTime | undefined
  for (const { kind, data } of counted) {
    if (kind === 'propose') slots = data.slots
    if (kind === 'ask') slots = data.slots ?? []
    if (kind === 'propose' || kind === 'grant' || kind === 'confirm' || kind === 'move')
      place = { ...place, ...placeOf(data) }
    const slot = kind === 'choose' || kind === 'grant' ? slots[data.slot] : kind === 'move' ? data : undefined
    if (slot !== undefined) time = { ...timeOf(slot), ...place, isAgreed: kind === 'move' || kind === 'grant' }
    if (slot !== undefined || kind === 'propose') calledOff = undefined
    if (kind === 'call-off' || kind === 'cancel') calledOff = time
    if (ENDS.has(kind)) time = undefined
    else if (kind === 'confirm' && time !== undefined) time = { ...time, ...place, isAgreed: true }
  }
  return { ...(time && { time }), ...(calledOff && { calledOff }) }
}

const ENDS: ReadonlySet<string> = new Set(['propose', 'ask-other', 'decline', 'call-off', 'cancel', 'withdraw'])

const timeOf = ({ startsAt, minutes }: Pick<AppointmentTime, 'startsAt' | 'minutes'>) => ({
  startsAt,
  ...(minutes === undefined ? {} : { minutes }),
})

const placeOf = ({ way, place, withWhom }: Place): Place => ({
  ...(way === undefined ? {} : { way }),
  ...(place === undefined ? {} : { place }),
  ...(withWhom === undefined ? {} : { withWhom }),
})
