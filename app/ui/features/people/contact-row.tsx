import BadgeCheck from 'lucide-solid/icons/badge-check'
import CircleAlert from 'lucide-solid/icons/circle-alert'
import Clock from 'lucide-solid/icons/clock'
import { Match, Switch } from 'solid-js'
import type { Contact } from '#app/core/people-session.ts'
import type { Shares } from '#app/core/share-session.ts'
import { t } from '../../language/language.ts'
import { CardLink } from '../../parts/card.tsx'
import { isGoing } from '../../record/share-words.ts'
import styles from './people.module.css'
import { useRecordPath } from '../../session.ts'

/** Somebody one has met, as a link to their page: how it stands, and what is shared either way. */
export function ContactRow(props: { readonly contact: Contact; readonly shares: Shares | undefined }) {
  const to = useRecordPath()
  const theySee = () => {
    const given = props.shares?.given.filter(one => one.contactId === props.contact.contactId && isGoing(one)) ?? []
    return new Set(given.flatMap(one => one.sections)).size
  }
  const iSee = () => {
    const received = props.shares?.received.filter(
      one => one.contactId === props.contact.contactId && one.state === 'accepted',
    )
    return new Set(received?.flatMap(one => one.sections)).size
  }
  const words = () => {
    const mine = theySee() === 0 ? t('people.seesNothing') : t('people.sees', { count: theySee() })
    return iSee() === 0 ? mine : `${mine} · ${t('people.iSee', { count: iSee() })}`
  }
  return (
    <CardLink href={to(`/people/${props.contact.contactId}`)}>
      <span class={styles.row}>
        <Initial name={props.contact.name} />
        <span class={styles.words}>
          <strong>
            <bdi>{props.contact.name}</bdi>
          </strong>
          <ContactState contact={props.contact} />
          <span class={styles.soft}>{words()}</span>
        </span>
      </span>
    </CardLink>
  )
}

function Initial(props: { readonly name: string }) {
  const letter = () => Array.from(props.name.trim())[0]?.toLocaleUpperCase() ?? ''
  return (
    <span class={styles.initial} aria-hidden="true">
      {letter()}
    </span>
  )
}

function badState(state: Contact['state']) {
  return state === 'refused' || state === 'changed' || state === 'differs' ? state : undefined
}

/** In a few words and with a sign, never by colour alone. */
export function ContactState(props: { readonly contact: Contact }) {
  return (
    <Switch>
      <Match when={props.contact.state === 'waiting'}>
        <span class={styles.state}>
          <Clock size="1.1em" />
          {t('people.state.waiting')}
        </span>
      </Match>
      <Match when={badState(props.contact.state)}>
        {state => (
          <span class={`${styles.state} ${styles.bad}`}>
            <CircleAlert size="1.1em" />
            {t(`people.state.${state()}`)}
          </span>
        )}
      </Match>
      <Match when={props.contact.comparedAt !== undefined}>
        <span class={`${styles.state} ${styles.good}`}>
          <BadgeCheck size="1.1em" />
          {t('people.state.compared')}
        </span>
      </Match>
      <Match when={true}>
        <span class={`${styles.state} ${styles.open}`}>
          <CircleAlert size="1.1em" />
          {t('people.state.known')}
        </span>
      </Match>
    </Switch>
  )
}
