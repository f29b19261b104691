import { onMount } from 'solid-js'
import { t } from '../language/language.ts'
import { Button } from '../parts/button.tsx'
import { Page } from '../parts/page.tsx'

/** A page threw: our mistake. Says so without blaming the record, and shows the way on. */
export function FailedPage(props: { readonly error: unknown; readonly onTryAgain: () => void }) {
  onMount(() => console.error(props.error))
  return (
    <Page title={t('failed.title')} lead={t('failed.text')} narrow>
      <div>
        <Button tone="primary" onClick={() => props.onTryAgain()}>
          {t('act.tryAgain')}
        </Button>{' '}
        <Button onClick={() => location.reload()}>{t('failed.reload')}</Button>
      </div>
    </Page>
  )
}
