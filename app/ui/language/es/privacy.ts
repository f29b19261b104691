import type { privacy as en } from '../en/privacy.ts'
import type { Message } from '../message.ts'

export const privacy = {
  'private.mark': 'Privada',
  'private.notice': 'Privada: no forma parte de nada de lo que compartes',
  'private.notice.text':
    'Solo la pueden leer tus propios dispositivos. Aquí está como siempre; las personas con las que compartes no la ven.',
  'private.notice.managers':
    'Además de tus propios dispositivos, la puede leer quien gestiona tu historial: {people}. Las personas con las que compartes secciones no la ven.',
  'private.notice.kept':
    'Solo la pueden leer quienes cuidan de este historial entero. Quien ve solo secciones de él, no.',
  'private.make': 'Hacer privada',
  'private.make.text':
    'Se queda donde está en tus propias pantallas. No forma parte de nada de lo que compartes, ni ahora ni más adelante: quien ve solo secciones del historial no la encuentra.',
  'private.belongings': 'Lo que va con ella, para que nada la delate',
  'private.belongings.text':
    'Encontrado por palabras y referencias, no por conocimientos médicos. Quita la marca de lo que se puede ver. Si falta algo, ábrelo y hazlo privado también.',
  'private.belongings.looking': 'Buscando lo que va con ella…',
  'private.belongings.nothing': 'No se encontró nada más que la mencione. Si sabes de algo, hazlo privado también.',
  'private.belongings.none': 'No elegir ninguna',
  'private.belongings.all': 'Elegir todas',
  'private.why.same': 'lo mismo otra vez',
  'private.why.refers-to-it': 'va con ella',
  'private.why.only-in-it': 'solo esto se refiere a ella',
  'private.why.names-it': 'la menciona en sus palabras',
  'private.readers': 'Ya la tienen: {people}',
  'private.readers.text':
    'Sus aplicaciones la descartan en cuanto llegan al servidor. Pueden conservar lo que han visto o copiado.',
  'private.whole.manages': '{name} gestiona tu historial y la sigue viendo.',
  'private.whole.looksAfter': '{name} también cuida de este historial y la sigue viendo.',
  'private.whole.asked': 'Se lo pediste a {name}, y la verá cuando acepte.',
  'private.links': 'Enlaces que pueden mostrarla: {links}',
  'private.links.text':
    'Un enlace que se mantiene al día la descarta en cuanto este dispositivo llega al servidor. Cualquier otro la muestra hasta que termine, o hasta que le pongas fin en “Mis enlaces”.',
  'private.made': { one: 'Ahora es privada', other: 'Ahora son privadas {count} entradas' },
  'private.reveal': 'Ya no privada',
  'private.reveal.text':
    'Vuelve a estar en “{section}”, para todas las personas que tienen esa sección, ahora y más adelante.',
  'private.reveal.who': 'La verán: {people}',
  'private.reveal.nobody': 'En este momento nadie tiene esta sección.',
  'private.reveal.alone': 'Solo esta entrada. Lo que se hizo privado junto con ella sigue siendo privado.',
  'private.reveal.act': 'Dejar que se vea',
  'private.revealed': 'Vuelve a formar parte de su sección',
  'private.add': 'Privada: no se comparte con nadie',
  'private.stayOut': { one: 'Una entrada privada queda fuera.', other: '{count} entradas privadas quedan fuera.' },
  'private.history':
    'En estas secciones hay algo privado. Por eso empiezan de nuevo antes de compartirse: lo anterior a ese día no está en ellas.',
  'erase.title': 'Borrar versiones antiguas y eliminadas',
  'erase.text':
    'Tu historial conserva cada versión anterior de una entrada y lo que eliminaste, para que nada se pierda por error. Puedes hacer que eso se borre, sección por sección. Lo que tu historial dice ahora se queda.',
  'erase.open': 'Borrar…',
  'erase.what': '¿Qué secciones?',
  'erase.section': '{name} ({count})',
  'erase.warning': 'Esto no se puede deshacer, ni siquiera con tus palabras de recuperación.',
  'erase.warning.text':
    'Todas las versiones anteriores, lo que hay en la papelera de estas secciones y los archivos que retiraste desaparecen para siempre, y lo mismo de todo lo privado. Las copias que hicieron otras personas y las copias de seguridad antiguas están fuera de tu alcance.',
  'erase.when':
    'El servidor elimina el registro antiguo cuando todos tus dispositivos se han puesto al día, a más tardar después de noventa días. Hasta entonces está allí cifrado, solo para tus dispositivos.',
  'erase.act': 'Borrar para siempre',
  'erase.done': 'Borrado. Tus otros dispositivos lo hacen cuando se vuelvan a abrir.',
  'erase.nothingChosen': 'Elige al menos una sección.',
  'erase.waiting': 'Todavía por eliminar en el servidor',
  'erase.waiting.section': '{section}, empezada de nuevo el {day}',
  'erase.waiting.for': 'Falta que se abra: {devices}.',
  'erase.waiting.soon': 'Desaparece con la próxima conexión.',
  'erase.conflicts': {
    one: 'En una entrada hay dos versiones una junto a otra. Decide primero cuál es la correcta: tu página de inicio lleva a ella.',
    other:
      'En {count} entradas hay dos versiones una junto a otra. Decide primero cuáles son las correctas: tu página de inicio lleva a ellas.',
  },
} satisfies Record<keyof typeof en, Message>
