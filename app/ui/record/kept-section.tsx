import { useNavigate } from '@solidjs/router'
import Eye from 'lucide-solid/icons/eye'
import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, Show } from 'solid-js'
import type {
  GuardianFailure,
  Guardians,
  KeptOffer,
  KeptRecord,
  KeptRecords,
  PastKept,
} from '#app/core/kept-session.ts'
import type { Shares } from '#app/core/share-session.ts'
import { formatList } from '../language/format.ts'
import { t } from '../language/language.ts'
import { Button, LinkButton } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { Notice } from '../parts/notice.tsx'
import { PassphraseField } from '../parts/passphrase-field.tsx'
import { showToast } from '../parts/toast.tsx'
import { createWatch, useSession } from '../session.ts'
import { GuardianList } from './guardian-list.tsx'
import styles from './guardian-list.module.css'
import { GuardianFailed } from './guardian-failed.tsx'
import { keepsWords } from './guardian-words.ts'
import { PutAway } from './put-away.tsx'
import { givenUntilWords, isGoing, receivedUntilWords, sectionNames } from './share-words.ts'

/** On the page of one's own people: records kept for others, offers of such, and who manages one's own. */
export function KeptSection() {
  const session = useSession()
  const kept = createWatch<KeptRecords>(listener => session.watchKept(listener))
  const managers = createWatch<Guardians>(listener => session.watchGuardians(listener))
  return (
    <>
      <For each={kept()?.offers}>{offer => <OfferCard offer={offer} />}</For>
      <Show when={(managers()?.guardians.length ?? 0) > 0}>
        <Card title={t('manage.managers')}>
          <GuardianList />
          <div class={styles.acts}>
            <LinkButton href="/who-looked" icon={<Eye size="1.2rem" />}>
              {t('looks.see')}
            </LinkButton>
          </div>
        </Card>
      </Show>
      <Card title={t('kept.records')}>
        <Show when={(kept()?.records.length ?? 0) > 0} fallback={<p class={styles.soft}>{t('keep.lead')}</p>}>
          <ul class={styles.list}>
            <For each={kept()?.records}>
              {record => (
                <li>
                  <Show
                    when={!isComing(record)}
                    fallback={<p role="status">{t('takeOver.coming', { name: record.name })}</p>}
                  >
                    <LinkButton href={`/kept/${record.keptId}`}>{openWords(record)}</LinkButton>
                  </Show>
                </li>
              )}
            </For>
          </ul>
        </Show>
        <For each={kept()?.past}>{past => <Past past={past} />}</For>
        <div class={styles.acts}>
          <LinkButton href="/keep" icon={<Plus size="1.2rem" />}>
            {t('keep.title')}
          </LinkButton>
          <LinkButton href="/take-over">{t('takeOver.title')}</LinkButton>
        </div>
      </Card>
    </>
  )
}

function openWords({ relation, name }: KeptRecord): string {
  return t(relation === 'practice' ? 'kept.practice.open' : 'today.open', { name })
}

/** It is becoming part of this person's own record: there is nothing to do in it any more. */
function isComing({ purpose, state }: KeptRecord): boolean {
  return purpose === 'hand-over' && (state === 'fetching' || state === 'open' || state === 'taking')
}

/** Who has sections of this person's own record already sees what comes into them. */
function Readers() {
  const session = useSession()
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const guardians = createWatch<Guardians>(listener => session.watchGuardians(listener))
  const going = () => shares()?.given.filter(isGoing) ?? []
  const managers = () => guardians()?.guardians.filter(one => one.state !== 'removing') ?? []
  return (
    <>
      <Show when={going().length > 0}>
        <p>{t('handOver.readers')}</p>
        <ul>
          <For each={going()}>
            {share => (
              <li>
                <bdi>{share.contactName}</bdi>
                {`: ${sectionNames(share.sections)} · ${givenUntilWords(share.until)}`}
              </li>
            )}
          </For>
        </ul>
      </Show>
      <For each={managers()}>{one => <p>{t('handOver.managers', { name: one.name })}</p>}</For>
      <Show when={going().length + managers().length === 0}>
        <p>{t('handOver.nobodyElse')}</p>
      </Show>
    </>
  )
}

function Past(props: { readonly past: PastKept }) {
  return (
    <>
      <div class={styles.line}>
        <p class={`${styles.soft} ${styles.words}`}>
          {t(`kept.ended.${props.past.endedBy}`, { name: props.past.name })}
        </p>
        <PutAway keptId={props.past.keptId} name={props.past.name} plain />
      </div>
      <Show when={props.past.unmet.length > 0}>
        <Notice>{t('kept.unmet', { names: formatList(props.past.unmet) })}</Notice>
      </Show>
    </>
  )
}

function offerTitle({ purpose, isPractice, contactName: who, name }: KeptOffer): string {
  return t(isPractice ? 'offer.practice.title' : `offer.${purpose}.title`, { who, name })
}

function offerWords({ purpose, isPractice, name }: KeptOffer): string {
  if (isPractice) return t('offer.practice.text')
  if (purpose === 'manager') return t('offer.manager.text', { name })
  return t(purpose === 'guardian' ? 'offer.guardian.text' : 'offer.hand-over.text')
}

/** Somebody wants this person to act in a record, or to have their own. */
function OfferCard(props: { readonly offer: KeptOffer }) {
  const session = useSession()
  const navigate = useNavigate()
  const [passphrase, setPassphrase] = createSignal('')
  const [failure, setFailure] = createSignal<GuardianFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const isHandOver = () => props.offer.purpose === 'hand-over'
  const answer = async (given: 'accept' | 'decline') => {
    const { keptId } = props.offer
    if (isWorking()) return
    setIsWorking(true)
    setFailure()
    const answered = await session.answerGuardian(keptId, given, passphrase())
    setIsWorking(false)
    if (!answered.ok) setFailure(answered.failure)
    else if (given === 'decline') showToast({ message: t('received.declined') })
    else if (isHandOver()) showToast({ message: t('takeOver.begun') })
    else navigate(`/kept/${keptId}`)
  }
  return (
    <article class={styles.card}>
      <h2>{offerTitle(props.offer)}</h2>
      <p>{offerWords(props.offer)}</p>
      <Show when={props.offer.until}>{until => <p class={styles.soft}>{receivedUntilWords(until())}</p>}</Show>
      <For each={props.offer.terms}>{term => <p>{keepsWords(term)}</p>}</For>
      <Show when={isHandOver()}>
        <Readers />
        <form
          onSubmit={event => {
            event.preventDefault()
            void answer('accept')
          }}
        >
          <PassphraseField
            label={t('share.passphrase')}
            value={passphrase()}
            onInput={setPassphrase}
            error={failure()?.kind === 'wrong-passphrase' ? t('share.failed.wrong-passphrase') : undefined}
          />
        </form>
      </Show>
      <div class={styles.acts}>
        <Button tone="primary" busy={isWorking()} onClick={() => void answer('accept')}>
          {t(isHandOver() ? 'takeOver.accept' : 'received.accept')}
        </Button>
        <Button busy={isWorking()} onClick={() => void answer('decline')}>
          {t('received.decline')}
        </Button>
      </div>
      <GuardianFailed failure={failure()?.kind !== 'wrong-passphrase' && failure()} />
    </article>
  )
}
