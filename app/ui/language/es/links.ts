import type { links as en } from '../en/links.ts'
import type { Message } from '../message.ts'

export const links = {
  'link.paste.title': 'O pega un enlace',
  'link.paste': 'Enlace o texto de un código',
  'link.paste.hint': 'Un SMART Health Link contiene “shlink:/”. No se pregunta a nadie antes de que tú lo digas.',
  'link.paste.look': 'Mirarlo',
  'link.paste.missing': 'Pega primero el enlace.',
  'link.title': 'Un enlace a datos de salud',
  'link.text':
    'Lo que hay detrás de este enlace está en {host}. Si lo obtienes, {host} conoce tu dirección de red, la hora y el nombre de abajo. La clave que lo abre se queda en este dispositivo.',
  'link.longTerm': 'Lo que hay detrás puede cambiar con el tiempo. Obtienes lo que hay hoy.',
  'link.keeps':
    'El enlace se puede volver a mirar más adelante. Cuando esto haya entrado, el enlace y su clave se guardan en tu historial, sellados, en “Archivos que trajiste”, donde puedes hacer que se olviden.',
  'link.again': 'Volver a mirar en {host}',
  'link.over': 'El enlace a {host} ha terminado.',
  'link.forget': 'Olvidar el enlace',
  'link.forget.title': '¿Olvidar este enlace?',
  'link.forget.text':
    'El enlace a {host} y su clave se eliminan aquí y en tus otros dispositivos. Lo que entró se queda. Para volver a mirar necesitas el enlace de nuevo.',
  'link.forgotten': 'Se olvidó el enlace',
  'link.until': 'Se puede usar hasta el {date}.',
  'link.recipient': 'Tu nombre para quien lo compartió',
  'link.recipient.hint': 'Puede verlo en su lista de quienes miraron. No hace falta que sea tu nombre real.',
  'link.recipient.default': 'Persona que usa Wellkeep',
  'link.passcode': 'Código de acceso',
  'link.passcode.hint': 'Lo tiene quien compartió el enlace. Solo se permiten unos pocos intentos.',
  'link.passcode.missing': 'Este enlace pide un código de acceso.',
  'link.fetch': 'Obtenerlo de {host}',
  'link.others.title': '¿Obtener también de otros?',
  'link.others.text':
    'Los archivos mismos están en {hosts}, que el enlace no nombra. Allí conocerían tu dirección de red y la hora.',
  'link.others.fetch': 'Obtenerlos',
  'import.failed.health-link':
    'Es un enlace a datos de salud, no los datos mismos. Elígelo en “Traer” en la aplicación.',
  'link.failed.unreadable': 'Esto no es un SMART Health Link, o está dañado. Cópialo una vez más, de principio a fin.',
  'link.failed.newer':
    'Este enlace es de un tipo más nuevo de lo que Wellkeep conoce. Actualiza Wellkeep, o pide los datos como archivo.',
  'link.failed.insecure': 'Este enlace lleva a una dirección que no cifra los datos en el camino. No se sigue.',
  'link.failed.expired': 'Este enlace ha terminado. Pide uno nuevo a quien lo compartió.',
  'link.failed.gone': 'Ya no hay nada detrás de este enlace: se agotó, se retiró o ha terminado. Pide uno nuevo.',
  'link.failed.passcode': 'El código de acceso no es correcto.',
  'link.failed.passcode.left': {
    one: 'El código de acceso no es correcto. Queda un intento.',
    other: 'El código de acceso no es correcto. Quedan {count} intentos.',
  },
  'link.failed.passcode.none':
    'El código de acceso se escribió mal demasiadas veces: el enlace está cerrado. Pide uno nuevo.',
  'link.failed.busy': 'El otro lado pide esperar. Inténtalo de nuevo dentro de unos minutos.',
  'link.failed.refused':
    'El otro lado lo rechazó, sin decir por qué. Inténtalo de nuevo más tarde, o pide un enlace nuevo.',
  'link.failed.nonsense': 'Lo que llegó de allí no es aquello a lo que lleva un enlace de salud. No se trajo nada.',
  'link.failed.sealed': 'Lo que llegó de allí no se abre con la clave de este enlace. No se trajo nada.',
  'link.failed.empty': 'No hay archivos detrás de este enlace.',
  'link.failed.unreachable':
    'No se puede llegar al otro lado, o no deja preguntar a aplicaciones como esta. Comprueba la conexión e inténtalo de nuevo, o pide los datos como archivo.',
  'link.failed.redirected':
    'El otro lado envía a otra dirección, que no se puede ver de antemano. No se sigue. Pide los datos como archivo.',
  'link.failed.too-large':
    'Lo que hay detrás de este enlace es más grande de lo que Wellkeep admite de una vez. Pídelo como archivos.',
  'link.failed.too-slow': 'El otro lado tardó demasiado en responder. Inténtalo de nuevo más tarde.',
  'unusable.link-access': {
    one: 'Uno da acceso al servidor de una clínica, que no se usa',
    other: '{count} dan acceso al servidor de una clínica, que no se usa',
  },
  'unusable.link-withdrawn': {
    one: 'Uno fue retirado por quien lo compartió',
    other: '{count} fueron retirados por quien los compartió',
  },
  'unusable.link-unreachable': { one: 'Uno no se pudo obtener', other: '{count} no se pudieron obtener' },
  'unusable.link-sealed': {
    one: 'Uno no se abre con la clave del enlace',
    other: '{count} no se abren con la clave del enlace',
  },
} satisfies Record<keyof typeof en, Message>
