import type { passkeysAtDoor as passkeysAtDoorEn, passkeys as passkeysEn } from '../en/passkeys.ts'
import type { Message } from '../message.ts'

export const passkeysAtDoor = {
  'passkey.unlock': 'Desbloquear con tu llave de acceso',
  'passkey.notUsed': 'No se usó la llave de acceso. Inténtalo de nuevo o escribe tu frase de contraseña.',
  'passkey.notHere': 'La llave de acceso no se pudo usar en este navegador. Escribe tu frase de contraseña.',
  'passkey.wrong':
    'Esta llave de acceso no abre este historial. Escribe tu frase de contraseña y vuelve a añadir la llave en los ajustes.',
} as const satisfies Record<keyof typeof passkeysAtDoorEn, Message>

export const passkeys = {
  'passkey.title': 'Desbloquear con una llave de acceso',
  'passkey.text':
    'Tu cara, tu dedo, un PIN o una llave de seguridad pueden abrir tu historial en este dispositivo, además de tu frase de contraseña. La frase sigue funcionando. Aún la escribirás antes de compartir, guardar una copia o dejar entrar a otro dispositivo.',
  'passkey.warning':
    'Quien pueda usar tu llave de acceso abre aquí tu historial: quien sepa el PIN de este dispositivo o tenga tu llave de seguridad y su PIN. Si una cuenta como la de Apple o Google guarda tus llaves de acceso, también quien entre en esa cuenta y tenga este dispositivo.',
  'passkey.impossible':
    'Este navegador no tiene llaves de acceso que puedan abrir un historial: le falta la parte llamada “PRF”. Tu frase de contraseña lo abre como siempre.',
  'passkey.add': 'Añadir una llave de acceso',
  'passkey.name': 'Nombre en tu lista de aquí',
  'passkey.name.hint': 'Por ejemplo “Mi teléfono” o “Llave de seguridad azul”.',
  'passkey.unnamed': 'Llave de acceso',
  'passkey.account': 'Mi historial',
  'passkey.added': 'Añadida el {date}',
  'passkey.done': 'Desde ahora esta llave de acceso abre tu historial en este dispositivo.',
  'passkey.removeOf': 'Quitar la llave de acceso {name}',
  'passkey.remove.title': '¿Quitar la llave de acceso {name}?',
  'passkey.remove.text':
    'Ya no abrirá tu historial en este dispositivo; tu frase de contraseña sí. Puede que siga en la lista de donde guardas tus llaves de acceso. Puedes borrarla allí.',
  'passkey.removed': 'La llave de acceso {name} ya no abre nada aquí.',
  'passkey.failed.cancelled':
    'No se añadió ninguna llave de acceso: se canceló, tardó demasiado o aquí nada puede guardarla. Nada ha cambiado.',
  'passkey.failed.no-prf':
    'Lo que elegiste no puede abrir un historial: le falta la parte llamada “PRF”. Nada ha cambiado. Prueba con otra, como una llave de seguridad más nueva.',
  'passkey.failed.already': 'Lo que elegiste ya tiene una llave de acceso para este historial.',
  'passkey.failed.not-at-this-address':
    'Las llaves de acceso solo funcionan en una dirección segura (https) que tenga nombre. Nada ha cambiado.',
  'passkey.failed.invalid':
    'Esta llave de acceso no se puede añadir: lo que respondió no sirve, o ya hay 16. Nada ha cambiado.',
} as const satisfies Record<keyof typeof passkeysEn, Message>
