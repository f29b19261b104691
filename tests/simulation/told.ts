import { inspect } from 'node:util'

/** Of a failure that tells what everybody's screens say: enough to know what it is, and that other tests' failures stand beside it. */
const TOLD = 2000

/** What a seed ended by, in short; undefined: it ended well. */
export function told(failure: unknown): string | undefined {
  return failure === undefined ? undefined : inspect(failure).slice(0, TOLD)
}
