import type { DocMap } from '../record/flat-fields.ts'

/** The home log's shard of what this person keeps to themselves of a circle: what they hide, which reports they dealt with, whom they are removing. */
export const CIRCLE_SHARD = 'circle'

export type CircleDocument = DocMap

export const hiddenIn = (doc: Readonly<CircleDocument>): ReadonlySet<string> => flagged(doc, 'hidden ')
export const dealtWithIn = (doc: Readonly<CircleDocument>): ReadonlySet<string> => flagged(doc, 'dealt ')
/** Contacts. */
export const removingIn = (doc: Readonly<CircleDocument>): ReadonlySet<string> => flagged(doc, 'removing ')

function flagged(doc: Readonly<CircleDocument>, prefix: string): ReadonlySet<string> {
  const names = Object.keys(doc).filter(name => name.startsWith(prefix) && doc[name] === 1)
  return new Set(names.map(name => name.slice(prefix.length)))
}

// ── inside a change ──

export function putHidden(doc: CircleDocument, saidId: string, isHidden: boolean): void {
  doc[`hidden ${saidId}`] = isHidden ? 1 : 0
}

export function putDealtWith(doc: CircleDocument, saidId: string): void {
  doc[`dealt ${saidId}`] = 1
}

export function putRemoving(doc: CircleDocument, contactId: string, isGoing: boolean): void {
  doc[`removing ${contactId}`] = isGoing ? 1 : 0
}
