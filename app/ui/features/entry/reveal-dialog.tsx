import { Show } from 'solid-js'
import type { Shares } from '#app/core/share-session.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { Notice } from '../../parts/notice.tsx'
import { showToast } from '../../parts/toast.tsx'
import { type FreshUnlockAnswer, FreshUnlockForm } from '../../record/fresh-unlock-dialog.tsx'
import { readerNames } from '../../record/share-words.ts'
import { saveFailureWords } from '../../record/words.ts'
import { createWatch, useSession } from '../../session.ts'

/** Says who will see a private entry once it is not private any more, and asks for the passphrase. */
export function RevealDialog(props: {
  readonly entry: EntrySummary
  readonly open: boolean
  readonly onClose: () => void
}) {
  const session = useSession()
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const readers = () => readerNames(shares()?.given ?? [], [props.entry.section])
  const reveal = async (passphrase: string): Promise<FreshUnlockAnswer> => {
    const made = await session.makeOpen([props.entry.id], passphrase)
    if (!made.ok) {
      const { failure } = made
      return failure.kind === 'wrong-passphrase' ? failure.kind : { words: saveFailureWords(failure) }
    }
    showToast({ message: t('private.revealed') })
    props.onClose()
    return undefined
  }
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t('private.reveal')}>
      <p>{t('private.reveal.text', { section: t(`section.${props.entry.section}`) })}</p>
      <Show when={readers()} fallback={<p>{t('private.reveal.nobody')}</p>}>
        {people => <Notice tone="warning">{t('private.reveal.who', { people: people() })}</Notice>}
      </Show>
      <p>{t('private.reveal.alone')}</p>
      <FreshUnlockForm act={t('private.reveal.act')} onUnlock={reveal} onCancel={props.onClose} resetOn={props.open} />
    </Dialog>
  )
}
