import { A, useLocation } from '@solidjs/router'
import CloudOff from 'lucide-solid/icons/cloud-off'
import FlaskConical from 'lucide-solid/icons/flask-conical'
import KeyRound from 'lucide-solid/icons/key-round'
import MailOpen from 'lucide-solid/icons/mail-open'
import ServerOff from 'lucide-solid/icons/server-off'
import UsersRound from 'lucide-solid/icons/users-round'
import { type JSX, Show } from 'solid-js'
import type { KeptRecords } from '#app/core/kept-session.ts'
import type { OwnRelay } from '#app/core/relay-session.ts'
import type { Shares } from '#app/core/share-session.ts'
import { t } from '../language/language.ts'
import { createWatch, useInvitation, useOwnSession, useSession, useStatus, useVault } from '../session.ts'
import styles from './banners.module.css'

interface BannerProps {
  readonly tone: 'accent' | 'warning' | 'quiet'
  readonly icon: JSX.Element
  readonly children: JSX.Element
  readonly action?: JSX.Element
}

/** One line across the page's top, with one thing to do about it. */
export function Banner(props: BannerProps) {
  return (
    <div classList={{ [styles.banner ?? '']: true, [styles[props.tone] ?? '']: true }} role="status">
      {props.icon}
      <p class={styles.words}>{props.children}</p>
      {props.action}
    </div>
  )
}

/** Somebody opened an invitation before there is a record to answer it with. */
export function InvitationBanner() {
  const vault = useVault()
  const { invitation } = useInvitation()
  return (
    <Show when={invitation() !== undefined}>
      <Banner tone="accent" icon={<MailOpen size="1.25rem" />}>
        <strong>{t('text.sentence', { text: t('meet.waits') })}</strong>{' '}
        {t(vault().kind === 'locked' ? 'meet.waits.unlock' : 'meet.waits.create')}
      </Banner>
    </Show>
  )
}

/** What must be known on every page of an open record. */
export function RecordBanners() {
  const session = useSession()
  const vault = useVault()
  const status = useStatus()
  const place = useLocation()
  const { invitation } = useInvitation()
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const offered = () => shares()?.received.filter(share => share.state === 'offered').length ?? 0
  const kept = createWatch<KeptRecords>(listener => session.watchKept(listener))
  const offers = () => kept()?.offers ?? []
  const offersWords = () => {
    const isOfPractices = offers().every(({ isPractice }) => isPractice)
    return t(isOfPractices ? 'offer.banner.practice' : 'offer.banner', { count: offers().length })
  }
  const open = () => {
    const state = vault()
    return state.kind === 'open' ? state : undefined
  }
  const ownSession = useOwnSession()
  const relay = createWatch<OwnRelay>(listener => ownSession.watchRelay(listener))
  const isShutOut = () => status().problems.some(({ kind }) => kind === 'not-admitted')
  const needsKit = () => open()?.kitConfirmed === false && open()?.isSample === false && place.pathname !== '/kit'
  return (
    <>
      <Show when={open()?.isSample}>
        <Banner
          tone="warning"
          icon={<FlaskConical size="1.25rem" />}
          action={
            <button type="button" class={styles.act} onClick={() => void session.deleteEverything()}>
              {t('sample.delete')}
            </button>
          }
        >
          {t('sample.banner')}
        </Banner>
      </Show>
      <Show when={needsKit()}>
        <Banner
          tone="warning"
          icon={<KeyRound size="1.25rem" />}
          action={
            <Show when={open()?.kitIsHere}>
              <A href="/kit" class={styles.act}>
                {t('kit.remind.act')}
              </A>
            </Show>
          }
        >
          <strong>{t('text.sentence', { text: t('kit.remind.title') })}</strong>{' '}
          <Show when={open()?.kitIsHere} fallback={t('kit.remind.elsewhere')}>
            <span class={styles.aside}>{t('kit.remind.text')}</span>
          </Show>
        </Banner>
      </Show>
      <Show when={isShutOut() && place.pathname !== '/server'}>
        <Banner
          tone="warning"
          icon={<ServerOff size="1.25rem" />}
          action={
            <A href="/server" class={styles.act}>
              {t('server.banner.act')}
            </A>
          }
        >
          {t(relay()?.hasToken ? 'server.banner.notTaken' : 'server.banner')}
        </Banner>
      </Show>
      <Show when={invitation() !== undefined && place.pathname !== '/meet'}>
        <Banner
          tone="accent"
          icon={<MailOpen size="1.25rem" />}
          action={
            <A href="/meet" class={styles.act}>
              {t('meet.banner.act')}
            </A>
          }
        >
          {t('meet.banner')}
        </Banner>
      </Show>
      <Show when={offered() > 0 && !place.pathname.startsWith('/people')}>
        <Banner
          tone="accent"
          icon={<UsersRound size="1.25rem" />}
          action={
            <A href="/people" class={styles.act}>
              {t('received.banner.act')}
            </A>
          }
        >
          {t('received.banner', { count: offered() })}
        </Banner>
      </Show>
      <Show when={offers().length > 0 && !place.pathname.startsWith('/people')}>
        <Banner
          tone="accent"
          icon={<UsersRound size="1.25rem" />}
          action={
            <A href="/people" class={styles.act}>
              {t('received.banner.act')}
            </A>
          }
        >
          {offersWords()}
        </Banner>
      </Show>
      <Show when={status().link.kind === 'offline'}>
        <Banner tone="quiet" icon={<CloudOff size="1.25rem" />}>
          {t('offline.banner')}
        </Banner>
      </Show>
    </>
  )
}
