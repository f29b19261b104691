import type { backup as en } from '../en/backup.ts'
import type { Message } from '../message.ts'

export const backup = {
  'backup.title': 'Archivo de copia de seguridad',
  'backup.lead':
    'Todo lo que hay en tu historial, en un archivo que solo abre tu kit de recuperación. Guárdalo donde no estén tus dispositivos: en una memoria USB, con alguien de confianza, en cualquier almacenamiento en línea.',
  'backup.card.text': 'Un archivo con todo dentro, sellado para que solo lo abra tu kit de recuperación.',
  'backup.card.open': 'Hacer o comprobar una copia de seguridad',
  'backup.never': 'Todavía no se ha hecho ningún archivo de copia de seguridad.',
  'backup.last': {
    one: 'El último se hizo el {date}, en “{device}”, con una entrada.',
    other: 'El último se hizo el {date}, en “{device}”, con {count} entradas.',
  },
  'backup.level': 'Contiene todo lo que hay en tu historial.',
  'backup.behind': 'Tu historial ha cambiado desde entonces. Haz uno nuevo cuando tengas un momento.',
  'backup.notHere': 'Un historial de ejemplo no tiene archivo de copia de seguridad: no contiene nada tuyo.',
  'backup.make.title': 'Hacer una copia de seguridad',
  'backup.make.text':
    'Contiene todas las entradas, también las privadas, los documentos, con quién compartes y los historiales que llevas para otras personas. Lo que otras personas comparten contigo es suyo y no está dentro.',
  'backup.make.act': 'Hacer el archivo',
  'backup.make.working': 'Escribiendo y sellando el archivo…',
  'backup.make.done': {
    one: 'El archivo está en tus descargas, con una entrada. Llévalo a un lugar seguro.',
    other: 'El archivo está en tus descargas, con {count} entradas. Llévalo a un lugar seguro.',
  },
  'backup.make.missing':
    'No está dentro, porque todavía no ha llegado a este dispositivo: {names}. Haz otro archivo cuando haya llegado.',
  'backup.make.cancelled': 'No se hizo ningún archivo.',
  'backup.make.failed': 'No se pudo hacer el archivo. Inténtalo de nuevo.',
  'backup.noCode.title': 'Primero, tus 24 palabras',
  'backup.noCode.text':
    'Este dispositivo no sabe qué abre tus copias de seguridad: se emparejó, o el historial es anterior a los archivos de copia de seguridad. Se obtiene de las palabras de tu kit de recuperación. Las palabras mismas no se guardan aquí.',
  'backup.noCode.act': 'Continuar',
  'backup.noCode.other': 'Estas son las palabras de otro historial.',
  'backup.noCode.done': 'Desde ahora puedes hacer copias de seguridad en este dispositivo.',
  'backup.check.title': 'Comprobar una copia de seguridad',
  'backup.check.text': 'Lee un archivo entero, para ver si se podría restaurar. No se cambia nada.',
  'backup.check.choose': 'Elegir un archivo de copia de seguridad',
  'backup.check.working': 'Leyendo “{file}” entero…',
  'backup.check.good': 'Esta copia de seguridad está completa',
  'backup.check.made': 'Hecha el {date}, del historial de {name}.',
  'backup.check.entries': { one: 'Contiene una entrada.', other: 'Contiene {count} entradas.' },
  'backup.check.kept': {
    one: 'También contiene un historial que llevas para otra persona.',
    other: 'También contiene {count} historiales que llevas para otras personas.',
  },
  'backup.check.bad': 'Este archivo no sirve como copia de seguridad',
  'backup.code.title': 'Código de copia de seguridad',
  'backup.code.text':
    'Está en la hoja de tu kit. Abre tus archivos de copia de seguridad aquí y en cualquier programa que conozca el formato “age”. Quien lo tenga junto con un archivo puede leerlo todo.',
  'backup.code.show': 'Mostrar el código',
  'backup.code.ask':
    'El código abre todos tus archivos de copia de seguridad. Por eso se te pide tu frase de contraseña.',
  'backup.code.none': 'Este dispositivo no lo tiene. Tus 24 palabras hacen lo mismo.',
  'backup.code.label': 'Tu código de copia de seguridad',
  'backup.code.print': 'Imprimir el código',
  'backup.code.hide': 'Ocultarlo',
  'backup.sheet.how':
    'Abre los archivos de copia de seguridad de este historial: en Wellkeep, en “Restaurar desde un archivo de copia de seguridad”, o con el programa age: age -d -o backup.tar ARCHIVO. Escríbelo con sus guiones; no contiene las letras i, l, o ni u.',
  'kit.code.title': 'Código de copia de seguridad',
  'kit.code.text':
    'Abre los archivos de copia de seguridad que haces en los ajustes, aquí y en cualquier programa que conozca el formato “age”. Si tienes las palabras, no necesitas una copia de él: se obtiene de ellas.',
  'backup.key': 'Las 24 palabras, o el código de copia de seguridad',
  'backup.key.hint': 'Ambos están en la hoja de tu kit de recuperación. Las mayúsculas no importan.',
  'backup.key.words': 'Las 24 palabras son correctas.',
  'backup.key.code': 'El código está completo.',
  'backup.key.length': 'Un código tiene {wanted} letras y cifras; aquí hay {got}.',
  'backup.key.letters': 'Estas no aparecen en ningún código de copia de seguridad: {letters}',
  'backup.key.checksum': 'Una letra del código es otra, o dos han cambiado de lugar. Compáralo con tu hoja.',
  'backup.key.empty': 'Escribe las 24 palabras o el código de copia de seguridad.',
  'backup.failed.not-a-backup': 'No es un archivo de copia de seguridad de Wellkeep.',
  'backup.failed.wrong-key':
    'Estas palabras o este código no lo abren. Son de otro historial, o el principio del archivo está dañado.',
  'backup.failed.own-key': 'Es una copia de seguridad de otro historial, o el principio del archivo está dañado.',
  'backup.failed.damaged': 'Está dañado: una parte falta o se cambió. Busca otra copia del archivo.',
  'backup.failed.newer': 'Lo hizo una versión más nueva de Wellkeep. Actualiza la aplicación e inténtalo de nuevo.',
  'backup.failed.unreadable':
    'El navegador ya no puede leerlo: se movió, o se retiró el disco en el que estaba. Elígelo otra vez.',
  'backup.failed.cancelled': 'Lo cancelaste.',
  'backup.failed.no-code': 'Escribe tus 24 palabras o el código de copia de seguridad para abrirlo.',
  'backup.failed.already-there':
    'En este dispositivo ya hay un historial. Una copia de seguridad solo se puede restaurar donde no hay ninguno.',
  'backup.failed.words-needed':
    'Esta copia de seguridad solo se puede restaurar con las 24 palabras, no con el código.',
  'restore.title': 'Restaurar desde un archivo de copia de seguridad',
  'restore.lead':
    'Recupera tu historial en este dispositivo, sin ningún servidor. Tus otros dispositivos, si los hay, siguen funcionando.',
  'restore.file': 'El archivo de copia de seguridad',
  'restore.file.choose': 'Elegir el archivo',
  'restore.file.other': 'Elegir otro archivo',
  'restore.file.needed': 'Elige el archivo.',
  'restore.look': 'Abrir el archivo',
  'restore.looking': 'Leyendo el archivo entero…',
  'restore.passphrase': 'Elige una frase de contraseña para este dispositivo. Puede ser distinta de la que tenías.',
  'restore.act': 'Restaurar este historial',
  'restore.working': 'Recuperando tu historial. Puede tardar unos minutos.',
  'restore.failed': 'No se restauró nada',
  'restore.unchanged': 'En este dispositivo no ha cambiado nada.',
  'restore.done': { one: 'Restaurado: una entrada.', other: 'Restaurado: {count} entradas.' },
} as const satisfies Record<keyof typeof en, Message>
