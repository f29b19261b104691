import CalendarPlus from 'lucide-solid/icons/calendar-plus'
import X from 'lucide-solid/icons/x'
import { createSignal, For, Show } from 'solid-js'
import type { FreeSlot } from '#app/core/request-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import type { Workspace } from '#app/core/workspace-session.ts'
import { t } from '../../language/language.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { Form } from '../../parts/form.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { timeWords } from '../../record/plan/appointment-words.ts'
import { saveFailureWords } from '../../record/words.ts'
import { createWatch, useRecordPath, useSession } from '../../session.ts'
import { type FreeTimesDraft, type FreeTimesError, freeTimesOf } from './draft-free-times.ts'
import styles from '../../record/messages/messages.module.css'
import { takenWords } from './taken-words.ts'

/** What somebody who treats others can offer them. */
export function FreeTimesPage() {
  const to = useRecordPath()
  const session = useSession()
  const slots = createWatch<readonly FreeSlot[]>(listener => session.watchFreeSlots(listener))
  const [failure, setFailure] = createSignal<SaveFailure>()
  const remove = async ({ startsAt }: FreeSlot) => {
    const removed = await session.removeFreeSlot(startsAt)
    setFailure(removed.ok ? undefined : removed.failure)
  }
  return (
    <Page
      title={t('slots.title')}
      lead={t('slots.lead')}
      back={{ href: to('/messages'), label: t('messages.title') }}
      narrow
    >
      <AddTimes onFailure={setFailure} />
      <ShowTimes onFailure={setFailure} />
      <Show when={failure()}>
        {failed => (
          <Notice tone="danger" alert>
            {saveFailureWords(failed())}
          </Notice>
        )}
      </Show>
      <Show when={slots()} fallback={<output>{t('app.loading')}</output>}>
        {known => (
          <Card title={t('slots.yours')}>
            <Show when={known().length > 0} fallback={<p class={styles.soft}>{t('slots.none')}</p>}>
              <ul class={styles.slots}>
                <KeyedFor each={known()} keyOf={one => one.startsAt}>
                  {slot => (
                    <li>
                      <span>
                        {timeWords(slot())}
                        <For each={slot().taken}>{who => <span class={styles.tag}>{takenWords(who)}</span>}</For>
                      </span>
                      <IconButton
                        label={t('slots.remove', { time: timeWords(slot()) })}
                        onClick={() => void remove(slot())}
                      >
                        <X size="1.2rem" />
                      </IconButton>
                    </li>
                  )}
                </KeyedFor>
              </ul>
            </Show>
          </Card>
        )}
      </Show>
    </Page>
  )
}

/** Whether those of whom this person takes care see them. */
function ShowTimes(props: { readonly onFailure: (failure: SaveFailure | undefined) => void }) {
  const session = useSession()
  const workspace = createWatch<Workspace>(listener => session.watchWorkspace(listener))
  const change = async (isOn: boolean) => {
    const saved = await session.showFreeTimes(isOn)
    props.onFailure(saved.ok ? undefined : saved.failure)
  }
  return (
    <Show when={workspace()}>
      {known => (
        <div class={styles.list}>
          <CheckField label={t('slots.show')} checked={known().showsFreeTimes} onChange={isOn => void change(isOn)} />
          <p class={styles.soft}>{t('slots.show.about')}</p>
        </div>
      )}
    </Show>
  )
}

function AddTimes(props: { readonly onFailure: (failure: SaveFailure | undefined) => void }) {
  const session = useSession()
  const [draft, setDraft] = createSignal<FreeTimesDraft>({ date: '', from: '', until: '', each: '20' })
  const [isTried, setIsTried] = createSignal(false)
  const [isBusy, setIsBusy] = createSignal(false)
  const change = (changed: Partial<FreeTimesDraft>) => setDraft(before => ({ ...before, ...changed }))
  const errorOf = (field: keyof FreeTimesDraft) => {
    const checked = freeTimesOf(draft())
    const error = isTried() && 'errors' in checked ? checked.errors[field] : undefined
    return error && t(ERRORS[error])
  }
  const add = async () => {
    setIsTried(true)
    const checked = freeTimesOf(draft())
    if ('errors' in checked) return
    setIsBusy(true)
    const added = await session.addFreeSlots(checked.slots)
    setIsBusy(false)
    props.onFailure(added.ok ? undefined : added.failure)
    if (!added.ok) return
    setIsTried(false)
    // The day stays: there may be more of it.
    change({ from: '', until: '' })
  }
  return (
    <Form
      onSubmit={add}
      actions={
        <Button tone="primary" type="submit" busy={isBusy()} icon={<CalendarPlus size="1.25rem" />}>
          {t('slots.add')}
        </Button>
      }
    >
      <TextField
        label={t('appointment.day')}
        type="date"
        value={draft().date}
        error={errorOf('date')}
        onInput={date => change({ date })}
      />
      <div class={styles.pair}>
        <TextField
          label={t('slots.from')}
          type="time"
          value={draft().from}
          error={errorOf('from')}
          onInput={from => change({ from })}
        />
        <TextField
          label={t('slots.until')}
          type="time"
          value={draft().until}
          error={errorOf('until')}
          onInput={until => change({ until })}
        />
      </div>
      <TextField
        label={t('slots.each')}
        inputMode="numeric"
        value={draft().each}
        error={errorOf('each')}
        onInput={each => change({ each })}
      />
    </Form>
  )
}

const ERRORS = {
  needed: 'request.needed',
  minutes: 'appointment.minutesWrong',
  until: 'slots.untilWrong',
  'too-many': 'slots.tooMany',
} as const satisfies Record<FreeTimesError, string>
