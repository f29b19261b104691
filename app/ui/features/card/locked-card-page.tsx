import { For, Show } from 'solid-js'
import type { LockedCard } from '#app/core/card-session.ts'
import { formatDay } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Page } from '../../parts/page.tsx'
import { createWatch, useSession } from '../../session.ts'
import { CardSheet } from './card-sheet.tsx'

/** For helpers, before the lock: what this device's owner chose to show there, and nothing else. */
export function LockedCardPage() {
  const session = useSession()
  const told = createWatch<{ readonly card: LockedCard | undefined }>(listener =>
    session.watchLockedCard(card => listener({ card })),
  )
  return (
    <Page title={t('emergency.title')} back={{ href: '/', label: t('emergency.unlock') }}>
      <Show when={told()} fallback={<output>{t('app.loading')}</output>}>
        {now => (
          <Show when={now().card} fallback={<p>{t('emergency.gone')}</p>}>
            {card => (
              <>
                <p>{t('emergency.asOf', { date: formatDay(card().asOf) })}</p>
                <For each={card().faces}>{face => <CardSheet face={face} />}</For>
              </>
            )}
          </Show>
        )}
      </Show>
    </Page>
  )
}
