import { useNavigate } from '@solidjs/router'
import Bluetooth from 'lucide-solid/icons/bluetooth'
import { createSignal, For, Show } from 'solid-js'
import type { DeviceDraft } from '#schema/devices/device-entries.ts'
import { partsOfFields } from '#schema/record/own-entry.ts'
import { trackedOf } from '#schema/record/tracked.ts'
import { language, t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { showToast } from '../../parts/toast.tsx'
import { FailureNotice } from '../../record/failure-notice.tsx'
import { formatValue } from '../../record/format-value.ts'
import { formatWhen } from '../../record/format-when.ts'
import { trackedName } from '../../record/measure-words.ts'
import { undoLastAct } from '../../record/undo.ts'
import { useRecordPath, useSession, useSettings } from '../../session.ts'
import { createDevice, type ListedDraft } from './create-device.ts'
import styles from './device.module.css'

type Device = ReturnType<typeof createDevice>

/** Readings of a device near by: a list to choose from, of which nothing is kept unasked. */
export function DevicePage() {
  const to = useRecordPath()
  const device = createDevice()
  return (
    <Page title={t('device.title')} back={{ href: to('/track') }} narrow>
      <Show when={device.isPossible} fallback={<Impossible />}>
        <Card title={t('device.find')} icon={<Bluetooth />}>
          <p>{t('device.text')}</p>
          <div>
            <Show
              when={device.state() === 'listening'}
              fallback={
                <Button
                  tone="primary"
                  icon={<Bluetooth />}
                  busy={device.state() === 'choosing'}
                  onClick={() => void device.look()}
                >
                  {t('device.choose')}
                </Button>
              }
            >
              <Button onClick={() => device.end()}>{t('device.end')}</Button>
            </Show>
          </div>
          <StateWords device={device} />
        </Card>
        <Show when={device.list().length > 0}>
          <Drafts device={device} />
        </Show>
      </Show>
    </Page>
  )
}

/** What the page does where the browser can. */
function Impossible() {
  const to = useRecordPath()
  return (
    <>
      <p>{t('device.what')}</p>
      <Notice actions={<LinkButton href={to('/track')}>{t('track.title')}</LinkButton>}>
        {t('device.impossible')}
      </Notice>
    </>
  )
}

function StateWords(props: { readonly device: Device }) {
  const words = () => {
    const state = props.device.state()
    if (state === 'idle' || state === 'choosing') return ''
    if (state === 'listening') return t('device.listening', { name: props.device.name() || t('device.nameless') })
    return state === 'ended' && props.device.list().length === 0 ? t('device.nothing') : t(`device.${state}`)
  }
  return (
    <>
      <output>{words()}</output>
      <Show when={props.device.unread() > 0}>
        <p class={styles.soft}>{t('device.unread', { count: props.device.unread() })}</p>
      </Show>
    </>
  )
}

function Drafts(props: { readonly device: Device }) {
  const session = useSession()
  const to = useRecordPath()
  const navigate = useNavigate()
  const [isSaving, setSaving] = createSignal(false)
  const count = () => props.device.chosen().length
  const save = async () => {
    setSaving(true)
    const isSaved = await props.device.save(noteOf)
    setSaving(false)
    if (!isSaved) return
    navigate(to('/track'))
    showToast({
      message: t('add.saved'),
      action: { label: t('act.undo'), run: () => void undoLastAct(session) },
    })
  }
  return (
    <Card title={t('device.list')}>
      <p>{t('device.list.text')}</p>
      <ul class={styles.drafts}>
        <For each={props.device.list()}>
          {draft => (
            <li>
              <CheckField
                label={<DraftWords draft={draft} />}
                checked={props.device.isChosen(draft.key)}
                onChange={isOn => props.device.choose(draft.key, isOn)}
              />
            </li>
          )}
        </For>
      </ul>
      <FailureNotice failure={props.device.failure()} />
      <div>
        <Button tone="primary" busy={isSaving()} disabled={count() === 0} onClick={() => void save()}>
          {t('device.save', { count: count() })}
        </Button>
      </div>
    </Card>
  )
}

function DraftWords(props: { readonly draft: ListedDraft }) {
  const settings = useSettings()
  const values = () =>
    props.draft.entries.flatMap(fields => {
      const parts = partsOfFields(fields)
      const measure = trackedOf(parts)
      return parts.value === undefined || measure === undefined
        ? []
        : [`${trackedName(measure)} ${formatValue(parts.value, settings().units, language())}`]
    })
  const when = () => {
    const [first] = props.draft.entries
    const text = first !== undefined && 'takenAt' in first ? formatWhen({ text: first.takenAt }, language()) : ''
    return props.draft.isUntimed ? t('device.untimed', { when: text }) : text
  }
  return (
    <span class={styles.draft}>
      <strong>{values().join(' · ')}</strong>
      <span class={styles.soft}>{when()}</span>
      <Show when={props.draft.isSeen}>
        <span class={styles.soft}>{t('device.seen')}</span>
      </Show>
      <Show when={props.draft.userId}>
        {user => <span class={styles.soft}>{t('device.user', { user: user() })}</span>}
      </Show>
      <Show when={noteOf(props.draft) !== ''}>
        <span class={styles.soft}>{noteOf(props.draft)}</span>
      </Show>
    </span>
  )
}

/** What the device said of the reading, in the reader's words; kept with it as a note. */
function noteOf({ remarks }: Pick<DeviceDraft, 'remarks'>): string {
  if (remarks.length === 0) return ''
  return t('device.said', { what: remarks.map(remark => t(`device.remark.${remark}`)).join('; ') })
}
