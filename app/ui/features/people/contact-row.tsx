import BadgeCheck from 'lucide-solid/icons/badge-check'
import CircleAlert from 'lucide-solid/icons/circle-alert'
import Clock from 'lucide-solid/icons/clock'
import { Match, Switch } from 'solid-js'
import type { Guardian } from '#app/core/kept-session.ts'
import type { Contact } from '#app/core/people-session.ts'
import type { Shares } from '#app/core/share-session.ts'
import { t } from '../../language/language.ts'
import { CardLink } from '../../parts/card.tsx'
import { actsInWhole, wholeWords } from '../../record/guardian-words.ts'
import { isPracticeIn } from '../../record/is-practice.ts'
import { isGoing } from '../../record/share-words.ts'
import styles from './people.module.css'
import { useRecordPath, useRecordView, useVault } from '../../session.ts'

/** Somebody one has met, as a link to their page: how it stands, and what is shared either way. */
export function ContactRow(props: {
  readonly contact: Contact
  readonly shares: Shares | undefined
  readonly guardians: readonly Guardian[] | undefined
}) {
  const isKept = useRecordView().kept !== undefined
  const vault = useVault()
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
  const seesWords = () => (theySee() === 0 ? t('people.seesNothing') : t('people.sees', { count: theySee() }))
  const words = () => {
    // Nothing is said before it is known; the line is there already.
    if (props.shares === undefined || props.guardians === undefined) return '\u00A0'
    const whole = actsInWhole(props.guardians, props.contact.contactId)
    // Who acts in the whole record sees what is shared with them by section, and all the rest.
    const sees = whole?.state === 'active' ? [] : [seesWords()]
    const mine = whole === undefined ? sees : [wholeWords(whole, isKept, isPracticeIn(vault())), ...sees]
    return [...mine, ...(iSee() === 0 ? [] : [t('people.iSee', { count: iSee() })])].join(' · ')
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
