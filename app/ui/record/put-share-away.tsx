import { t } from '../language/language.ts'
import { Button } from '../parts/button.tsx'
import { showToast } from '../parts/toast.tsx'
import { useOwnSession } from '../session.ts'
import { saveFailureWords } from './words.ts'

/** Takes a share that is over off this person's list, with the name of whose it was. */
export function PutShareAway(props: { readonly shareId: string; readonly name: string }) {
  const session = useOwnSession()
  const putAway = async () => {
    const done = await session.putShareAway(props.shareId)
    if (!done.ok) showToast({ message: saveFailureWords(done.failure) })
  }
  return (
    <Button tone="plain" aria-label={t('kept.putAwayOf', { name: props.name })} onClick={() => void putAway()}>
      {t('kept.putAway')}
    </Button>
  )
}
