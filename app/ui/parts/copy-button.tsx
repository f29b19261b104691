import Copy from 'lucide-solid/icons/copy'
import { createSignal, Show } from 'solid-js'
import { t } from '../language/language.ts'
import { Button } from './button.tsx'

/** Copies `text`, and says beside itself whether the browser let it. */
export function CopyButton(props: { readonly text: string }) {
  const [isCopied, setIsCopied] = createSignal<boolean>()
  const copy = () =>
    navigator.clipboard.writeText(props.text).then(
      () => setIsCopied(true),
      () => setIsCopied(false),
    )
  return (
    <div>
      <Button icon={<Copy size="1.2rem" />} onClick={() => void copy()}>
        {t('invite.copy')}
      </Button>
      <Show when={isCopied() !== undefined}>
        <p role="status">{t(isCopied() === true ? 'invite.copied' : 'invite.notCopied')}</p>
      </Show>
    </div>
  )
}
