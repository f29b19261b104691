/** Of a table that is written here, by a name that comes from outside: never what every object has, such as `toString`. */
export function namedIn<Value>(table: Readonly<Record<string, Value>>, name: string | undefined): Value | undefined {
  return name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined
}
