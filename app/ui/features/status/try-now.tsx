import RefreshCw from 'lucide-solid/icons/refresh-cw'
import { createSignal, onCleanup } from 'solid-js'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { useOwnSession } from '../../session.ts'

interface TryNowProps {
  /** Hears what to tell the person: that it is tried, and that it was in vain. */
  readonly say: (words: string) => void
  /** Takes the focus over when the button goes, because the relay is back. */
  readonly onGone: () => void
}

/** Reaches for the relay without waiting for the next try. Stands only where the relay cannot be reached. */
export function TryNow(props: TryNowProps) {
  const session = useOwnSession()
  const [isTrying, setIsTrying] = createSignal(false)
  let button: HTMLButtonElement | undefined
  onCleanup(() => {
    if (document.activeElement === button) props.onGone()
  })
  const tryNow = async () => {
    setIsTrying(true)
    props.say(t('sync.tryNow.trying'))
    const isThere = await session.tryNow()
    setIsTrying(false)
    if (!isThere) props.say(t('sync.tryNow.failed'))
  }
  return (
    <Button
      tone="plain"
      ref={button}
      busy={isTrying()}
      icon={<RefreshCw size="1.1rem" />}
      onClick={() => void tryNow()}
    >
      {t('sync.tryNow')}
    </Button>
  )
}
