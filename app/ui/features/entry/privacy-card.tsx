import Lock from 'lucide-solid/icons/lock'
import LockOpen from 'lucide-solid/icons/lock-open'
import { createSignal, Show } from 'solid-js'
import type { EntrySummary } from '#schema/record/entry.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useRecordView } from '../../session.ts'
import { createWholeReaders } from './create-whole-readers.ts'
import { PrivateDialog } from './private-dialog.tsx'
import { RevealDialog } from './reveal-dialog.tsx'

/** Among the acts of an entry that is not private: to make it so. */
export function MakePrivateButton(props: { readonly entry: EntrySummary }) {
  const [isOpen, setIsOpen] = createSignal(false)
  return (
    <>
      <Button icon={<Lock size="1.2rem" />} onClick={() => setIsOpen(true)}>
        {t('private.make')}
      </Button>
      <PrivateDialog entry={props.entry} open={isOpen()} onClose={() => setIsOpen(false)} />
    </>
  )
}

/** On the page of a private entry: what that means, and the way back. */
export function PrivateNotice(props: { readonly entry: EntrySummary; readonly mayChange: boolean }) {
  const { kept } = useRecordView()
  const readers = createWholeReaders()
  const [isOpen, setIsOpen] = createSignal(false)
  const words = () => {
    if (kept !== undefined) return t('private.notice.kept')
    const people = readers().flatMap(one => (one.state === 'active' ? [one.name] : []))
    return people.length === 0 ? t('private.notice.text') : t('private.notice.managers', { people: formatList(people) })
  }
  return (
    <>
      <Notice
        title={t('private.notice')}
        actions={
          <Show when={props.mayChange}>
            <Button icon={<LockOpen size="1.2rem" />} onClick={() => setIsOpen(true)}>
              {t('private.reveal')}
            </Button>
          </Show>
        }
      >
        {words()}
      </Notice>
      <RevealDialog entry={props.entry} open={isOpen()} onClose={() => setIsOpen(false)} />
    </>
  )
}
