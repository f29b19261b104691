import { Show } from 'solid-js'
import { instant } from '#schema/instant.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { isPracticeDue } from '../../record/kit-due.ts'
import { useRecordView, useVault } from '../../session.ts'

/** Once a year, on the home page of one's own record: a paper that nobody has looked for is found missing when it is needed. */
export function KitReminder() {
  const vault = useVault()
  const { kept, shared } = useRecordView()
  const isDue = () => {
    const state = vault()
    if (kept !== undefined || shared !== undefined || state.kind !== 'open' || state.isSample) return false
    return isPracticeDue(state.kitTypedAt, instant(Date.now()))
  }
  return (
    <Show when={isDue()}>
      <Notice
        title={t('practice.remind.title')}
        actions={<LinkButton href="/kit/practice">{t('practice.remind.act')}</LinkButton>}
      >
        <p>{t('practice.remind.text')}</p>
      </Notice>
    </Show>
  )
}
