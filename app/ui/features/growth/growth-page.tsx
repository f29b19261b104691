import Pencil from 'lucide-solid/icons/pencil'
import Plus from 'lucide-solid/icons/plus'
import { createSignal, Show } from 'solid-js'
import { GROWTH_MEASURES, type GrowthMeasure } from '#schema/growth/kinds.ts'
import { language, t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { isGrown } from '../../record/create-grows.ts'
import { formatWhen } from '../../record/format-when.ts'
import { trackedName } from '../../record/measure-words.ts'
import { useRecordPath, useRecordRights } from '../../session.ts'
import { ChildForm } from './child-form.tsx'
import { createChild, createGrowth, type Growth } from './create-growth.ts'
import { GrowthChart } from './growth-chart.tsx'
import type { Child } from './growth-points.ts'
import { GrowthTable } from './growth-table.tsx'
import styles from './growth.module.css'

/** How a child grows, beside the curves that WHO and CDC publish. */
export function GrowthPage() {
  const to = useRecordPath()
  const known = createChild()
  const [isChanging, setIsChanging] = createSignal(false)
  const isOver = () => {
    const born = known.birthDate()
    return born !== undefined && isGrown(born)
  }
  return (
    <Page title={t('growth.title')} back={{ href: to('/track') }}>
      <Show when={!isOver() || isChanging()} fallback={<Grown onChange={() => setIsChanging(true)} />}>
        <Show
          when={!known.isAsked() && !isChanging() && known.child()}
          fallback={<ChildForm known={known} onSaved={() => setIsChanging(false)} />}
        >
          {child => <Curves child={child()} onChange={() => setIsChanging(true)} />}
        </Show>
      </Show>
    </Page>
  )
}

function Grown(props: { readonly onChange: () => void }) {
  return (
    <>
      <Notice>{t('growth.grown')}</Notice>
      <div>
        <Button onClick={() => props.onChange()} icon={<Pencil />}>
          {t('growth.change')}
        </Button>
      </div>
    </>
  )
}

function Curves(props: { readonly child: Child; readonly onChange: () => void }) {
  const growth = createGrowth(() => props.child)
  return (
    <>
      <ChildLine child={props.child} onChange={() => props.onChange()} />
      <div class={styles.choices}>
        <SelectField
          label={t('growth.measure')}
          value={growth.measure()}
          options={GROWTH_MEASURES.map(value => ({ value, label: trackedName(value) }))}
          onChange={of => growth.choose({ of })}
        />
        <Show when={growth.standards().length > 1}>
          <SelectField
            label={t('growth.standard')}
            value={growth.standard()}
            options={growth.standards().map(value => ({ value, label: t(`growth.standard.${value}.ages`) }))}
            onChange={by => growth.choose({ by })}
          />
        </Show>
      </div>
      <Card
        title={t('growth.forAge', {
          what: trackedName(growth.measure()),
          standard: t(`growth.standard.${growth.standard()}`),
        })}
        action={<AddLink measure={growth.measure()} />}
      >
        <Show when={growth.points()} fallback={<output>{t('app.loading')}</output>}>
          {points => (
            <>
              <GrowthChart child={props.child} growth={growth} points={points()} />
              <Show when={points().length > 0} fallback={<p>{t('growth.none')}</p>}>
                <GrowthTable child={props.child} growth={growth} points={points()} />
              </Show>
            </>
          )}
        </Show>
        <Remarks child={props.child} growth={growth} />
      </Card>
    </>
  )
}

function ChildLine(props: { readonly child: Child; readonly onChange: () => void }) {
  return (
    <div class={styles.child}>
      <p>
        {t('growth.child', {
          sex: t(`growth.sex.${props.child.sex}`),
          date: formatWhen({ text: props.child.birthDate }, language()),
        })}{' '}
        <Show when={props.child.bornAtWeeks}>{weeks => t('growth.bornAt', { count: weeks() })}</Show>
      </p>
      <Button tone="plain" onClick={() => props.onChange()} icon={<Pencil />}>
        {t('growth.change')}
      </Button>
    </div>
  )
}

function AddLink(props: { readonly measure: GrowthMeasure }) {
  const to = useRecordPath()
  const { mayChange } = useRecordRights()
  const path = () => (props.measure === 'weight' ? '/add/weight' : `/add/measure?measure=${props.measure}`)
  return (
    <Show when={mayChange() && props.measure !== 'bmi'}>
      <LinkButton tone="plain" href={to(path())} icon={<Plus />}>
        {t('act.add')}
      </LinkButton>
    </Show>
  )
}

/** What the picture does not say by itself. */
function Remarks(props: { readonly child: Child; readonly growth: Growth }) {
  const isCorrected = () => (props.child.bornAtWeeks ?? 40) < 37
  return (
    <div class={styles.remarks}>
      <p>{t('growth.percentile.about')}</p>
      <Show when={props.growth.measure() === 'bmi'}>
        <p>{t('growth.bmi.about')}</p>
      </Show>
      <Show when={props.growth.measure() === 'head-circumference'}>
        <p>{t('growth.head.about')}</p>
      </Show>
      <Show when={props.growth.measure() === 'height' && props.growth.standard() === 'who'}>
        <p>{t('growth.length.about')}</p>
      </Show>
      <Show when={isCorrected()}>
        <p>{t('growth.corrected.about')}</p>
      </Show>
      <Show when={props.growth.leftOut() > 0}>
        <p>{t('growth.leftOut', { count: props.growth.leftOut() })}</p>
      </Show>
      <p>{t(`growth.standard.${props.growth.standard()}.source`)}</p>
    </div>
  )
}
