import type { JSX } from 'solid-js'
import { t } from '../language/language.ts'
import { Mark } from '../parts/mark.tsx'
import { InvitationBanner } from './banners.tsx'
import { UpdateBanner } from './update-banner.tsx'
import { LanguagePicker } from './language-picker.tsx'
import styles from './shell.module.css'

/** Around the pages outside an open record: the name and the language. */
export function OuterFrame(props: { readonly children: JSX.Element }) {
  return (
    <div class={styles.outer}>
      <header class={styles.outerBar}>
        <span class={styles.brand}>
          <Mark />
          {t('app.name')}
        </span>
        <LanguagePicker />
      </header>
      <UpdateBanner />
      <InvitationBanner />
      <main>{props.children}</main>
    </div>
  )
}
