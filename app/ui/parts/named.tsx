/** A character for private use: no words of ours have it. */
const PLACE = '\uE000'

/** Words with a name in them, the name set apart: bold, and in its own direction. Example: `words={name => t('key', { name })}` */
export function Named(props: { readonly words: (name: string) => string; readonly name: string }) {
  const parts = () => props.words(PLACE).split(PLACE)
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
