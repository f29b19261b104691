import ExternalLink from 'lucide-solid/icons/external-link'
import { createSignal, createUniqueId, Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { OutsideLinkButton } from '../../parts/button.tsx'
import styles from './markdown.module.css'

/** An address that somebody wrote. The first press says where it leads and who learns of it; only the link that comes with it leads there. */
export function OutsideLink(props: { readonly address: string; readonly words: string }) {
  const id = createUniqueId()
  const [isOpen, setOpen] = createSignal(false)
  const isMail = () => props.address.toLowerCase().startsWith('mailto:')
  const shown = () => (isMail() ? props.address.slice('mailto:'.length) : props.address)
  return (
    <>
      <button
        type="button"
        class={styles.link}
        aria-expanded={isOpen()}
        aria-controls={id}
        onClick={() => setOpen(is => !is)}
      >
        <bdi>{props.words}</bdi>
      </button>
      <Show when={isOpen()}>
        <span id={id} class={styles.leaves}>
          <bdi dir="ltr">{shown()}</bdi>
          <span>{isMail() ? t('outside.mail.says') : t('outside.says', { host: hostOf(props.address) })}</span>
          <span>
            <OutsideLinkButton href={props.address} icon={<ExternalLink size="1.2rem" />}>
              {t(isMail() ? 'outside.mail.open' : 'outside.open')}
            </OutsideLinkButton>
          </span>
        </span>
      </Show>
    </>
  )
}

const hostOf = (address: string) => new URL(address).host
