import { For, Show } from 'solid-js'
import type { RequestDetail } from '#app/core/request-session.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { AcceptUnasked } from '../../record/accept-unasked.tsx'
import { fieldRows } from '../../record/field-words.ts'
import { offerSummary } from '../../record/messages/request-words.ts'
import { titleOf, valueOfEntry } from '../../record/words.ts'
import { useRecordPath, useSettings } from '../../session.ts'
import styles from '../../record/messages/messages.module.css'

interface Offered {
  readonly entry: EntryFields
  readonly changes?: { readonly entryId: string; readonly title: string }
}

/** What would stand in the record, or stands there since it was accepted. */
export function AdditionCard(props: { readonly request: RequestDetail }) {
  const to = useRecordPath()
  const settings = useSettings()
  // Read by the form of its step: of its kind, and nothing else.
  const offered = () => props.request.history[0]?.data as unknown as Offered
  const isMine = () => props.request.role === 'patient'
  const names = () => formatList(props.request.people)
  const isAccepted = () => ['accepted', 'entered'].includes(props.request.state)
  const wasTakenBack = () => isAccepted() && props.request.history.some(({ kind }) => kind === 'withdraw')
  return (
    <Show when={props.request.offer}>
      {offer => (
        <Card title={t(isAccepted() ? 'addition.stands' : 'addition.wouldSay')}>
          <Show when={offered().changes}>
            {changed => (
              <p>
                {t(isMine() ? 'addition.changesYours' : 'addition.changesTheirs', { title: changed().title })}{' '}
                <Show when={isMine()}>
                  <a href={to(`/entry/${changed().entryId}`)}>{t('addition.look')}</a>
                </Show>
              </p>
            )}
          </Show>
          <p class={styles.time}>
            <bdi>
              {[titleOf(offerSummary(offer())), valueOfEntry(offerSummary(offer()), settings())]
                .filter(Boolean)
                .join(' · ')}
            </bdi>
          </p>
          <dl class={styles.facts}>
            <For each={fieldRows(offered().entry, settings())}>
              {row => (
                <div>
                  <dt>{row.label}</dt>
                  <dd>
                    <bdi>{row.value}</bdi>
                  </dd>
                </div>
              )}
            </For>
          </dl>
          <Show when={wasTakenBack()}>
            <Notice tone="warning">
              {t(isMine() ? 'addition.takenBack.mine' : 'addition.takenBack', { names: names() })}
            </Notice>
          </Show>
          <Show when={props.request.entryId}>
            {id => (
              <div>
                <LinkButton href={to(`/entry/${id()}`)}>{t('addition.open')}</LinkButton>
              </div>
            )}
          </Show>
          <Show when={isMine() && props.request.contactId}>
            {contactId => <AcceptUnasked contactId={contactId()} name={names()} isWhenOn={isAccepted()} />}
          </Show>
        </Card>
      )}
    </Show>
  )
}
