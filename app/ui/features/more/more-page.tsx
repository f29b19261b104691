import { A, useLocation } from '@solidjs/router'
import Lock from 'lucide-solid/icons/lock'
import { For } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { useOwnSession } from '../../session.ts'
import { NewCount } from '../../shell/new-count.tsx'
import { createIsSimple, createPlaces, type Place } from '../../shell/places.ts'
import styles from './more.module.css'

/** On a phone: every place that has no room on the bar below. */
export function MorePage() {
  const path = useLocation()
  const session = useOwnSession()
  const isSimple = createIsSimple(() => path.pathname)
  const { places, isOnBar, countOf, hrefOf } = createPlaces(() => path.pathname)
  // In the simple view there is no bar.
  const isHere = (place: Place) => (isSimple() ? place.href !== '/' : !isOnBar(place))
  return (
    <Page title={t('nav.more')} narrow>
      <nav aria-label={t('nav.more')}>
        <ul class={styles.places}>
          <For each={places().filter(isHere)}>
            {place => (
              <li>
                <A href={hrefOf(place)} class={styles.place}>
                  <Dynamic component={place.icon} />
                  {t(place.label)}
                  <NewCount count={countOf(place)} />
                </A>
              </li>
            )}
          </For>
        </ul>
      </nav>
      <div>
        <Button icon={<Lock size="1.25rem" />} onClick={() => void session.lock()}>
          {t('nav.lock')}
        </Button>
      </div>
    </Page>
  )
}
