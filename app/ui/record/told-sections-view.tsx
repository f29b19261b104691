import { For, Match, Show, Switch } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { t } from '../language/language.ts'
import styles from './narrative.module.css'
import type { NarrativeElement, NarrativeNode } from './narrative-tree.ts'
import type { ToldSection } from './told-sections.ts'

/** What a source says in its own words, with its tables and lists. Drawn element by element: nothing of it can run. */
export function ToldSections(props: { readonly sections: readonly ToldSection[] }) {
  return (
    <For each={props.sections}>
      {section => (
        <section class={styles.section}>
          <Show when={section.title}>
            {title => (
              <h3 class={styles.title} dir="auto">
                {title()}
              </h3>
            )}
          </Show>
          <div class={styles.words} dir="auto">
            <Nodes nodes={section.nodes} name={section.title ?? t('narrative.title')} />
            <Show when={section.reason}>{reason => t(`empty.${reason()}`)}</Show>
          </div>
          <ToldSections sections={section.sections} />
        </section>
      )}
    </For>
  )
}

function Nodes(props: { readonly nodes: readonly NarrativeNode[]; readonly name: string }) {
  return (
    <For each={props.nodes}>
      {node => (typeof node === 'string' ? node : <Element element={node} name={props.name} />)}
    </For>
  )
}

function Element(props: { readonly element: NarrativeElement; readonly name: string }) {
  return (
    <Switch
      fallback={
        <Dynamic component={props.element.tag} colSpan={props.element.colSpan} rowSpan={props.element.rowSpan}>
          <Nodes nodes={props.element.children} name={props.name} />
        </Dynamic>
      }
    >
      <Match when={props.element.tag === 'br'}>
        <br />
      </Match>
      {/* A wide table scrolls by itself, also by keyboard. */}
      <Match when={props.element.tag === 'table'}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reached by keyboard */}
        <div class={styles.scroll} tabindex="0" role="region" aria-label={props.name}>
          <table>
            <Nodes nodes={props.element.children} name={props.name} />
          </table>
        </div>
      </Match>
    </Switch>
  )
}
