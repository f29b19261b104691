import { useNavigate, useParams } from '@solidjs/router'
import { createMemo, createSignal, Show } from 'solid-js'
import type { GivenShare, ShareFailure, Shares } from '#app/core/share-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { PassphraseField } from '../../parts/passphrase-field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { isGoing } from '../../record/share-words.ts'
import { createWatch, useSession, useRecordPath } from '../../session.ts'
import { createPast } from './create-past.ts'
import { createShareDraft } from './create-share-draft.ts'
import styles from './people.module.css'
import { PastEnds } from './past-ends.tsx'
import { SectionChoice } from './section-choice.tsx'
import { ShareFailed } from './share-failed.tsx'
import { UntilChoice } from '../../record/until-choice.tsx'

/** More or fewer sections, more or less time. What widens asks for the passphrase, what narrows does not. */
export function ChangePage() {
  const to = useRecordPath()
  const params = useParams()
  const session = useSession()
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const share = createMemo(() => shares()?.given.find(one => one.shareId === params.shareId && isGoing(one)))
  return (
    <Show when={shares()} fallback={<Page title={t('app.loading')}>{''}</Page>}>
      <Show
        when={share()}
        fallback={
          <Page title={t('change.window')} back={{ href: to(`/people/${params.contactId}`) }} narrow>
            <Notice>{t('change.over')}</Notice>
          </Page>
        }
      >
        {known => <Change share={known()} />}
      </Show>
    </Show>
  )
}

function Change(props: { readonly share: GivenShare }) {
  const to = useRecordPath()
  const session = useSession()
  const navigate = useNavigate()
  // What it was when the page was opened: a change made elsewhere meanwhile is not written over.
  const { sections: before, until: ended, role, withHistory, shareId, contactId } = props.share
  const initial = { sections: before, until: 'keep' as const, date: '', role, withHistory }
  const form = createShareDraft(session, initial, ended)
  const [passphrase, setPassphrase] = createSignal('')
  const [hasTried, setHasTried] = createSignal(false)
  const [failure, setFailure] = createSignal<ShareFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const chosen = () => form.draft().sections
  const isLonger = () => form.until() !== undefined && endOf(form.until()) > endOf(ended)
  const added = () => chosen().filter(section => !before.includes(section))
  const isWider = () => added().length > 0 || isLonger()
  const isNarrower = () => before.some(section => !chosen().includes(section))
  const isSame = () => form.draft().until === 'keep' && !isWider() && !isNarrower()
  const save = async () => {
    setHasTried(true)
    const until = form.until()
    if (until === undefined || isSame() || isWorking()) return
    setIsWorking(true)
    setFailure()
    const changed = await session.changeShare(shareId, {
      ...(isWider() || isNarrower() ? { sections: chosen() } : {}),
      ...(form.draft().until === 'keep' ? {} : { until }),
      ...(isWider() ? { passphrase: passphrase() } : {}),
    })
    setIsWorking(false)
    if (!changed.ok) {
      setFailure(changed.failure)
      return
    }
    navigate(to(`/people/${contactId}`), { replace: true })
    showToast({ message: t('change.done') })
  }
  const past = createPast(() => (withHistory && added().length > 0 ? added() : undefined))
  const isWrong = () => failure()?.kind === 'wrong-passphrase'
  return (
    <Page
      title={t('change.title', { name: props.share.contactName })}
      windowTitle={t('change.window')}
      back={{ href: to(`/people/${contactId}`) }}
      narrow
    >
      <Form
        onSubmit={save}
        actions={
          <Button type="submit" tone="primary" busy={isWorking()}>
            {t('act.save')}
          </Button>
        }
      >
        <SectionChoice counts={form.counts()} chosen={chosen()} onChange={sections => form.change({ sections })} />
        <UntilChoice
          mayBeOpen
          draft={form.draft()}
          kept={ended ?? null}
          isDateWrong={hasTried() && form.until() === undefined}
          onChange={part => form.change(part)}
        />
        <Show when={isNarrower()}>
          <Notice>{t('change.narrower')}</Notice>
        </Show>
        <Show when={isWider()}>
          <p>{t('change.wider')}</p>
          <Show when={!withHistory}>
            <PastEnds sections={added()} />
          </Show>
          <Show when={past()}>{words => <Notice title={t('share.history.all')}>{words()}</Notice>}</Show>
          <PassphraseField
            label={t('share.passphrase')}
            value={passphrase()}
            onInput={setPassphrase}
            error={isWrong() ? t('share.failed.wrong-passphrase') : undefined}
          />
        </Show>
        <Show when={hasTried() && isSame()}>
          <p class={styles.soft} role="status">
            {t('change.same')}
          </p>
        </Show>
        <Show when={!isWrong()}>
          <ShareFailed failure={failure()} />
        </Show>
      </Form>
    </Page>
  )
}

/** Never ends after everything. */
const endOf = (until: number | null | undefined) => until ?? Number.POSITIVE_INFINITY
