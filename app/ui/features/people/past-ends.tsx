import { For } from 'solid-js'
import type { GivenShare, Shares } from '#app/core/share-session.ts'
import type { Section } from '#schema/record/sections.ts'
import { t } from '../../language/language.ts'
import { Notice } from '../../parts/notice.tsx'
import { isGoing, sectionNames } from '../../record/share-words.ts'
import { createWatch, useSession } from '../../session.ts'

/** Sections that are given as they are now may begin anew: whoever has them with their past is named before that happens. */
export function PastEnds(props: { readonly sections: readonly Section[] }) {
  const session = useSession()
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const common = (share: GivenShare) => share.sections.filter(section => props.sections.includes(section))
  const losing = () =>
    (shares()?.given ?? []).filter(share => isGoing(share) && share.withHistory && common(share).length > 0)
  return (
    <For each={losing()}>
      {share => (
        <Notice>{t('share.pastEnds', { name: share.contactName, sections: sectionNames(common(share)) })}</Notice>
      )}
    </For>
  )
}
