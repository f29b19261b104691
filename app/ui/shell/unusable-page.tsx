import { createSignal, Show } from 'solid-js'
import type { VaultState } from '#app/core/session.ts'
import { type PlainKey, t } from '../language/language.ts'
import { Button } from '../parts/button.tsx'
import { ConfirmDialog } from '../parts/dialog.tsx'
import { Page } from '../parts/page.tsx'
import { useSession } from '../session.ts'
import { OuterFrame } from './outer-frame.tsx'

type Reason = Extract<VaultState, { kind: 'unusable' }>['reason']

const REASONS = {
  'no-storage': 'unusable.no-storage',
  'no-crypto': 'unusable.no-crypto',
  damaged: 'unusable.damaged',
} as const satisfies Record<Reason, PlainKey>

/** Nothing can be done in this browser as it is; says why and what helps. */
export function UnusablePage(props: { readonly reason: Reason }) {
  const session = useSession()
  const [isAsking, setIsAsking] = createSignal(false)
  const erase = async () => {
    await session.deleteEverything()
    location.reload()
  }
  return (
    <OuterFrame>
      <Page title={t('unusable.title')} lead={t(REASONS[props.reason])} narrow>
        <div>
          <Button tone="primary" onClick={() => location.reload()}>
            {t('unusable.reload')}
          </Button>{' '}
          <Show when={props.reason === 'damaged'}>
            <Button onClick={() => setIsAsking(true)}>{t('unusable.erase')}</Button>
          </Show>
        </div>
        <ConfirmDialog
          open={isAsking()}
          onClose={() => setIsAsking(false)}
          title={t('unusable.erase')}
          act={t('unusable.erase')}
          danger
          onConfirm={() => void erase()}
        >
          <p>{t('unusable.erase.text')}</p>
        </ConfirmDialog>
      </Page>
    </OuterFrame>
  )
}
