/** An answer that may be an expected failure. Plain objects: they cross a worker boundary unharmed. */
export type Result<Value, Failure> = Ok<Value> | Fail<Failure>

export interface Ok<Value> {
  readonly ok: true
  readonly value: Value
}

export interface Fail<Failure> {
  readonly ok: false
  readonly failure: Failure
}

export function ok<Value>(value: Value): Ok<Value> {
  return { ok: true, value }
}

export function fail<Failure>(failure: Failure): Fail<Failure> {
  return { ok: false, failure }
}
