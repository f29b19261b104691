import { createEffect, Show } from 'solid-js'
import type { LockedCard } from '#app/core/card-session.ts'
import { instant } from '#schema/instant.ts'
import { createWatch, useOwnSession } from '../../session.ts'
import { createCard } from './create-card.ts'
import { dayText } from './draft-card.ts'

/** While the record is open, what this device shows when it is locked follows it. Nothing where its owner did not allow that. */
export function RenewLockedCard() {
  const session = useOwnSession()
  const shown = createWatch<LockedCard | undefined>(listener => session.watchLockedCard(listener))
  return <Show when={shown()}>{card => <Renewing shown={card()} />}</Show>
}

function Renewing(props: { readonly shown: LockedCard }) {
  const session = useOwnSession()
  const card = createCard()
  const isSame = (faces: unknown) =>
    JSON.stringify(faces) === JSON.stringify(props.shown.faces) &&
    // It says of which day it is, and is still right on this one.
    dayText(props.shown.asOf) === dayText(instant(Date.now()))
  createEffect(() => {
    const faces = card.faces()
    if (faces !== undefined && !isSame(faces)) void session.renewLockedCard(faces)
  })
  return null
}
