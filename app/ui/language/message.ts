import { numberFormat, pluralRules } from './intl.ts'

/**
 * One message. A string, with `{name}` where a parameter goes; or, where the words depend on a number, the plural forms
 * of the locale (https://cldr.unicode.org/index/cldr-spec/plural-rules), chosen by the parameter `count`.
 */
export type Message = string | PluralMessage
export type PluralMessage = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string }
export type Params = Readonly<Record<string, string | number>>

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never

/** The parameters that a message wants, read from its words. */
export type ParamsOf<Words> = Words extends string
  ? { readonly [Name in NamesIn<Words>]: string | number }
  : Words extends { readonly other: infer Other }
    ? { readonly count: number } & { readonly [Name in Exclude<NamesIn<Other>, 'count'>]: string | number }
    : never

/** The words of `message` for these parameters. Numbers are written the locale's way. */
export function formatMessage(locale: string, message: Message, params: Params): string {
  return textFor(locale, message, params).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name]
    if (value === undefined) return whole
    return typeof value === 'number' ? numberFormat(locale).format(value) : value
  })
}

function textFor(locale: string, message: Message, params: Params): string {
  if (typeof message === 'string') return message
  const rule = pluralRules(locale).select(Number(params.count))
  return message[rule] ?? message.other
}
