import { type Accessor, createContext, useContext } from 'solid-js'
import type { CircleDetail } from '#app/core/circle-session.ts'

/** The circle whose pages are shown. */
export const CircleContext = createContext<Accessor<CircleDetail>>()

export function useCircle(): Accessor<CircleDetail> {
  const circle = useContext(CircleContext)
  if (circle === undefined) throw new Error('Cannot show a page of a circle: no CircleRoom stands above it')
  return circle
}
