import { createMemo, For, type JSX, Match, Switch } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import styles from './markdown.module.css'
import { OutsideLink } from './outside-link.tsx'
import type { Inline } from './parse-inline.ts'
import { type Block, parseMarkdown } from './parse-markdown.ts'

type DrawPicture = (name: string, words: string) => JSX.Element

/** Markdown as elements, never as HTML. `picture` draws one of the files that came with it, or says that it is not there. */
export function MarkdownText(props: { readonly text: string; readonly picture: DrawPicture }) {
  const blocks = createMemo(() => parseMarkdown(props.text))
  return (
    <div class={styles.text}>
      <Blocks blocks={blocks()} picture={props.picture} />
    </div>
  )
}

function Blocks(props: { readonly blocks: readonly Block[]; readonly picture: DrawPicture }) {
  return <For each={props.blocks}>{block => <OneBlock block={block} picture={props.picture} />}</For>
}

type BlockOf<Is extends Block['is']> = Extract<Block, { readonly is: Is }>

function OneBlock(props: { readonly block: Block; readonly picture: DrawPicture }) {
  const of = <Is extends Block['is']>(is: Is) => (props.block.is === is ? (props.block as BlockOf<Is>) : undefined)
  return (
    <Switch fallback={<hr />}>
      <Match when={of('heading')}>
        {heading => (
          // The page's own headings stand above it.
          <Dynamic component={`h${Math.min(6, heading().level + 2)}`} dir="auto">
            <Inlines parts={heading().parts} picture={props.picture} />
          </Dynamic>
        )}
      </Match>
      <Match when={of('paragraph')}>
        {paragraph => (
          <div class={styles.lines} dir="auto">
            <Inlines parts={paragraph().parts} picture={props.picture} />
          </div>
        )}
      </Match>
      <Match when={of('list')}>
        {list => (
          <Dynamic component={list().start === undefined ? 'ul' : 'ol'} start={list().start} dir="auto">
            <For each={list().items}>
              {item => (
                <li>
                  <div class={styles.block}>
                    <Blocks blocks={item} picture={props.picture} />
                  </div>
                </li>
              )}
            </For>
          </Dynamic>
        )}
      </Match>
      <Match when={of('quote')}>
        {quote => (
          <blockquote class={styles.block} dir="auto">
            <Blocks blocks={quote().blocks} picture={props.picture} />
          </blockquote>
        )}
      </Match>
      <Match when={of('code')}>{code => <pre dir="auto">{code().text}</pre>}</Match>
    </Switch>
  )
}

function Inlines(props: { readonly parts: readonly Inline[]; readonly picture: DrawPicture }) {
  return <For each={props.parts}>{part => <OneInline part={part} picture={props.picture} />}</For>
}

type InlineOf<Is extends Inline['is']> = Extract<Inline, { readonly is: Is }>

function OneInline(props: { readonly part: Inline; readonly picture: DrawPicture }) {
  const of = <Is extends Inline['is']>(is: Is) => (props.part.is === is ? (props.part as InlineOf<Is>) : undefined)
  return (
    <Switch fallback={<br />}>
      <Match when={of('text')}>{text => <>{text().text}</>}</Match>
      <Match when={of('code')}>{code => <code>{code().text}</code>}</Match>
      <Match when={of('strong')}>
        {strong => (
          <strong>
            <Inlines parts={strong().parts} picture={props.picture} />
          </strong>
        )}
      </Match>
      <Match when={of('emphasis')}>
        {emphasis => (
          <em>
            <Inlines parts={emphasis().parts} picture={props.picture} />
          </em>
        )}
      </Match>
      <Match when={of('link')}>{link => <OutsideLink address={link().address} words={link().text} />}</Match>
      <Match when={of('picture')}>{one => <>{props.picture(one().name, one().text)}</>}</Match>
    </Switch>
  )
}
