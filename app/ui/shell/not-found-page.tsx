import { t } from '../language/language.ts'
import { LinkButton } from '../parts/button.tsx'
import { Page } from '../parts/page.tsx'

export function NotFoundPage() {
  return (
    <Page title={t('nav.notFound.title')} lead={t('nav.notFound.text')} narrow>
      <div>
        <LinkButton href="/" tone="primary">
          {t('nav.notFound.home')}
        </LinkButton>
      </div>
    </Page>
  )
}
