/** Settles with the last count told, once it is `expected` or nothing came for as long as a slow server may think. */
export function counted(
  expected: number,
  listen: (tell: (count: number) => void) => void,
  silenceMs = 4000,
): Promise<number> {
  return new Promise(resolve => {
    let last = 0
    let timer = setTimeout(() => resolve(last), silenceMs)
    listen(count => {
      last = Math.max(last, count)
      clearTimeout(timer)
      if (last >= expected) resolve(last)
      else timer = setTimeout(() => resolve(last), silenceMs)
    })
  })
}
