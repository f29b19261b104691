import { useNavigate } from '@solidjs/router'
import { createSignal } from 'solid-js'
import type { GivenShare, ShareFailure } from '#app/core/share-session.ts'
import { t } from '../../language/language.ts'
import { showToast } from '../../parts/toast.tsx'
import { useRecordPath, useSession } from '../../session.ts'
import { createPast } from './create-past.ts'
import { createShareDraft } from './create-share-draft.ts'

/** What is to become of a share, what of that gives more and what gives less, and how it is saved. */
export function createShareChange(share: GivenShare) {
  const to = useRecordPath()
  const session = useSession()
  const navigate = useNavigate()
  // What it was when the page was opened: a change made elsewhere meanwhile is not written over.
  const { sections: before, until: ended, role, withHistory, shareId, contactId } = share
  const form = createShareDraft(session, { sections: before, until: 'keep', date: '', role, withHistory }, ended)
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
  const signature = { passphrase, setPassphrase, isWrong }
  return {
    form,
    ended,
    chosen,
    added,
    isWider,
    isNarrower,
    isSame,
    past,
    hasTried,
    failure,
    isWorking,
    save,
    signature,
  }
}

export type ShareChange = ReturnType<typeof createShareChange>

/** Never ends after everything. */
const endOf = (until: number | null | undefined) => until ?? Number.POSITIVE_INFINITY
