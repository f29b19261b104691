import { Match, Switch } from 'solid-js'
import type { RequestDetail } from '#app/core/request-session.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useRecordPath } from '../../session.ts'
import { medicineIn } from './refill-steps.ts'

/** What the patient may want to change in the record, now that they have something else than was asked for. */
export function RefillCard(props: { readonly request: RequestDetail }) {
  const to = useRecordPath()
  const ofOtherStrength = () => {
    const take = props.request.history.findLast(({ kind, standing }) => kind === 'take' && standing === 'counts')
    return take?.data['strength'] === 'other' ? medicineIn(take) : undefined
  }
  return (
    <Switch>
      <Match when={ofOtherStrength()}>
        {medicine => (
          <Notice
            actions={
              <LinkButton href={to(`/entry/${String(medicine().medicineId)}/edit`)}>
                {t('refill.otherStrength.change')}
              </LinkButton>
            }
          >
            {t('refill.otherStrength', { medicine: String(medicine().medicineName) })}
          </Notice>
        )}
      </Match>
      <Match when={props.request.state === 'taken-other'}>
        <Notice actions={<LinkButton href={to('/add/medicine')}>{t('refill.notCounted.add')}</LinkButton>}>
          {t('refill.notCounted')}
        </Notice>
      </Match>
    </Switch>
  )
}
