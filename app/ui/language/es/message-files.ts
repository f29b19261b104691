import type { messageFiles as en } from '../en/message-files.ts'
import type { Message } from '../message.ts'

export const messageFiles = {
  'messageFile.add': 'Adjuntar una foto o un archivo',
  'messageFile.hint':
    'De las fotos se quitan el lugar, la hora y el dispositivo. Los demás archivos, también los vídeos, van tal como están. Hasta {max} MB cada uno.',
  'messageFile.sealing': 'Se está preparando {name}',
  'messageFile.stop': 'Parar',
  'messageFile.stop.name': 'Parar: {name}',
  'messageFile.goOn': 'Continuar',
  'messageFile.goOn.name': 'Continuar: {name}',
  'messageFile.takeOff.name': 'Quitar {name}',
  'messageFile.sending': 'Se envía a tu servidor',
  'messageFile.stopped': 'Parado. Los demás aún no pueden abrirlo.',
  'messageFile.full': 'El servidor no tiene sitio para él. Se vuelve a intentar; también puedes hacer sitio allí.',
  'messageFile.refused': 'El servidor no lo acepta ahora. Se vuelve a intentar.',
  'messageFile.fetching': 'Se está trayendo',
  'messageFile.show': 'Mostrar',
  'messageFile.show.name': 'Mostrar {name}',
  'messageFile.keep': 'Guardar en mi historial',
  'messageFile.keep.name': 'Guardar en mi historial: {name}',
  'messageFile.bringIn': 'Mirarlo e incorporarlo',
  'messageFile.bringIn.name': 'Mirarlo e incorporarlo: {name}',
  'messageFile.preview': 'Imagen pequeña de {name}',
  'messageFile.failed.locked': 'El historial se bloqueó entretanto. Desbloquéalo y vuelve a intentarlo.',
  'messageFile.failed.not-found': 'Este archivo ya no está aquí.',
  'messageFile.failed.cancelled': 'Parado. Lo que llegó se conserva; continuará desde ahí.',
  'messageFile.failed.file-empty': 'No hay nada en {name}.',
  'messageFile.failed.file-too-large': '{name} ocupa más de {max} MB. Hazlo más pequeño o envíalo por partes.',
  'messageFile.failed.file-gone': 'No se pudo leer {name} hasta el final. Vuelve a elegirlo.',
  'messageFile.failed.file-not-clean':
    'Lo que la cámara escribió en {name} (lugar, hora) no se puede quitar, así que no se adjuntó.',
  'messageFile.failed.unreachable':
    'Ahora no se puede llegar a tu servidor. Vuelve a intentarlo con conexión; lo que llegó se conserva.',
  'messageFile.failed.not-all-there':
    'Aún no está todo: el dispositivo de quien lo envió tiene que enviar el resto. Vuelve a intentarlo más tarde.',
  'messageFile.failed.damaged': 'Lo que llegó no es lo que se envió. Pídelo otra vez.',
  'message.failed.too-many-files': 'Con un mensaje van como mucho diez archivos.',
  'message.failed.file-not-held': 'Un archivo ya no está en este dispositivo. Quítalo y adjúntalo otra vez.',
  'messageFile.from': '{file}, de {names}',
  'messages.lastFiles': { one: '{count} archivo', other: '{count} archivos' },
} as const satisfies Record<keyof typeof en, Message>
