import * as A from '@automerge/automerge/slim'

/**
 * Two devices that put a map under one key before either has heard of the other leave both in the document, of which one counts. Answers
 * the others.
 */
export function twinsOf<Value>(doc: Readonly<Record<string, Value>>, key: string): Value[] {
  const counts = A.getObjectId(doc[key])
  const all: Readonly<Record<string, unknown>> = A.getConflicts(doc, key) ?? {}
  return Object.values(all).filter(each => A.getObjectId(each) !== counts) as Value[]
}
