/** A character for private use: no words of ours have it. */
const PLACE = '\uE000'

/** What stands before a name in these words, and what behind it. */
export function aroundName(words: (name: string) => string): readonly [before: string, after: string] {
  const [before = '', after = ''] = words(PLACE).split(PLACE)
  return [before, after]
}

/** Words with a name in them, the name set apart: bold, and in its own direction. Example: `words={name => t('key', { name })}` */
export function Named(props: { readonly words: (name: string) => string; readonly name: string }) {
  const parts = () => aroundName(props.words)
  return (
    <>
      {parts()[0]}
      <strong>
        <bdi>{props.name}</bdi>
      </strong>
      {parts()[1]}
    </>
  )
}
