type AnyAct = (...args: never[]) => Promise<unknown>

/** Acts that were begun and have not answered. Whoever closes a record waits for them: their logs are needed until then. */
export interface UnderWay {
  /** The same act, counted. */
  counted<Act extends AnyAct>(act: Act): Act
  /** `acts` with those of these names counted. */
  countedIn<Acts extends Readonly<Record<Name, AnyAct>>, Name extends string>(acts: Acts, names: readonly Name[]): Acts
  /** Resolves when none is left. */
  idle(): Promise<void>
}

export function makeUnderWay(): UnderWay {
  const begun = new Set<Promise<unknown>>()
  function counted<Act extends AnyAct>(act: Act): Act {
    const counting = (...args: Parameters<Act>) => {
      const answer = act(...args)
      const ended = answer.then(
        () => void begun.delete(ended),
        () => void begun.delete(ended),
      )
      begun.add(ended)
      return answer
    }
    return counting as unknown as Act
  }
  return {
    counted,
    countedIn: (acts, names) => ({ ...acts, ...Object.fromEntries(names.map(name => [name, counted(acts[name])])) }),
    async idle() {
      while (begun.size > 0) await Promise.all(begun)
    },
  }
}
