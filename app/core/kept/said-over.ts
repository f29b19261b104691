import { ContactId, type DeviceId } from '#schema/ids.ts'

/** The home log's shard of what contacts said by letter: that a device of this person's is out of a record. Keys `<device>/<contact>`. */
export const SAID_SHARD = 'kept-said'

export type SaidDocument = Record<string, boolean>

/** Who said so of this device. Whether they may is for the record to say. */
export function saidOf(doc: Readonly<SaidDocument>, device: DeviceId | undefined): ContactId[] {
  return Object.keys(doc).flatMap(key => {
    const [name, contact = ''] = key.split('/')
    return name === device ? (ContactId.parse(contact) ?? []) : []
  })
}

/** Inside a change. */
export function putSaid(doc: SaidDocument, device: DeviceId, contact: ContactId): void {
  doc[`${device}/${contact}`] = true
}
