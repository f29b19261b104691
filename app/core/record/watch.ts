import type { Stop } from '../session.ts'

/** A value that others follow: each is told at once, then of every change. */
export interface Watch<Value> {
  set(value: Value): void
  watch(listener: (value: Value) => void): Stop
}

export function makeWatch<Value>(first: Value): Watch<Value> {
  const listeners = new Set<(value: Value) => void>()
  let value = first
  return {
    set(next) {
      value = next
      for (const listener of listeners) listener(value)
    },
    watch(listener) {
      const own = (next: Value) => listener(next)
      listeners.add(own)
      own(value)
      return () => void listeners.delete(own)
    },
  }
}
