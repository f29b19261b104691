import type { AppointmentStep } from '#schema/requests/appointment.ts'
import type { RequestView } from './state-of.ts'

/** When somebody is to be there. */
export interface AgreedTime {
  /** FHIR dateTime with time and zone. */
  readonly startsAt: string
  readonly minutes?: number
}

/** The time that stands: as it was confirmed, or moved since. None while slots are chosen, and none that was called off. */
export function agreedTime({ counted }: Pick<RequestView<string, AppointmentStep>, 'counted'>): AgreedTime | undefined {
  let slots: readonly AgreedTime[] = []
  let chosen: AgreedTime | undefined
  let agreed: AgreedTime | undefined
  for (const { kind, data } of counted) {
    if (kind === 'propose') slots = data.slots
    if (kind === 'choose') chosen = slots[data.slot]
    if (kind === 'confirm') agreed = chosen
    if (kind === 'move') agreed = { startsAt: data.startsAt, ...known(data.minutes) }
    if (kind === 'propose' || kind === 'call-off' || kind === 'cancel') agreed = undefined
  }
  return agreed
}

const known = (minutes: number | undefined) => (minutes === undefined ? {} : { minutes })
