import { Show } from 'solid-js'
import type { EntrySummary } from '#schema/record/entry.ts'
import { useRecordView, useSession } from '../../session.ts'
import { outWords } from '../out-words.ts'
import { CalendarFile } from './calendar-file.tsx'

/** One appointment as a file for a calendar; of one's own record alone. */
export function AppointmentFile(props: { readonly entry: EntrySummary }) {
  const session = useSession()
  const { shared, kept } = useRecordView()
  const make = (passphrase: string) => {
    const { id, section } = props.entry
    const file = { kind: 'calendar', words: outWords(), only: [id] } as const
    return session.takeOut({ sections: [section], withPrivate: true, file, passphrase })
  }
  return (
    <Show when={shared === undefined && kept === undefined}>
      <CalendarFile title={props.entry.title} when={props.entry.when?.text} make={make} />
    </Show>
  )
}
