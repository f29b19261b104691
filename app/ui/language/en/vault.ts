/** Words of the vault, its devices, the settings and the status. */
export const vault = {} as const
