import type { cards as en } from '../en/cards.ts'
import type { Message } from '../message.ts'

export const cards = {
  'format.health-card': 'SMART Health Card',
  'scan.denied.picture': 'No se puede usar la cámara. Permítelo en los ajustes del navegador, o elige una imagen.',
  'scan.none.picture': 'No se encontró ninguna cámara. Elige una imagen del código.',
  'import.scan': 'Escanear un código',
  'import.scanned': 'Código escaneado',
  'import.codes.title': 'Hace falta un código más',
  'import.codes.text':
    'Esta tarjeta está repartida en {total} códigos. Leídos hasta ahora: {have}. Escanea los demás en cualquier orden, o elige imágenes de ellos.',
  'import.failed.card.unreadable':
    'Esta tarjeta de salud no se puede leer: está dañada, o no es una SMART Health Card. Vuelve a pedirla donde te la dieron.',
  'import.failed.card.too-large': 'Esta tarjeta de salud es mucho más grande que cualquier tarjeta. No se leyó.',
  'import.failed.card.other': 'Esto está firmado, pero no es una tarjeta de salud que contenga datos de salud.',
  'import.failed.card.signature':
    'La firma de esta tarjeta de salud no es correcta: se cambió después de firmarla, o la hizo otra persona. No se trae nada de ella.',
  'import.failed.issuer-file.no-keys':
    'Es un archivo de claves, pero ninguna de ellas puede comprobar una tarjeta de salud.',
  'import.failed.issuer-file.no-directory':
    'Es un directorio de emisores de tarjetas de salud, pero no dice de quién es ni de qué día, o ninguna de sus claves puede comprobar una tarjeta. Pídelo de nuevo a quien lo hace.',
  'import.failed.issuer-file.large-directory':
    'Este directorio de emisores es mucho más grande que cualquier otro. No se leyó.',
  'unusable.card-unreadable': {
    one: 'Una tarjeta de salud no se puede leer',
    other: '{count} tarjetas de salud no se pueden leer',
  },
  'unusable.card-too-large': {
    one: 'Una tarjeta de salud es mucho más grande que cualquier tarjeta',
    other: '{count} tarjetas de salud son mucho más grandes que cualquier tarjeta',
  },
  'unusable.card-other': {
    one: 'Una está firmada, pero no contiene datos de salud',
    other: '{count} están firmadas, pero no contienen datos de salud',
  },
  'unusable.card-signature': {
    one: 'Una tarjeta de salud tiene una firma incorrecta: se cambió, o la hizo otra persona',
    other: '{count} tarjetas de salud tienen una firma incorrecta: se cambiaron, o las hizo otra persona',
  },

  'card.title': '¿Es auténtica esta tarjeta de salud?',
  'card.checkedAt': 'Se comprobó cuando se trajo, el {date}',
  'card.signature.trusted':
    'Sí: la firmó {issuer}, cuyas claves guardas, y desde entonces no se cambió nada. Eso dice quién la escribió, no que todo lo que dice sea correcto.',
  'card.signature.listed':
    'Sí, si puedes fiarte del directorio que guardas: la firmó {issuer}, y desde entonces no se cambió nada. Eso dice quién la escribió, no que todo lo que dice sea correcto.',
  'card.signature.other-issuer':
    'No es seguro: la firma es buena, pero de una clave que no se sabe si es de {issuer}, a quien nombra la tarjeta. No te fíes de quién la escribió.',
  'card.signature.no-key':
    'Eso no se puede comprobar aquí, porque no guardas claves de {issuer}, a quien nombra la tarjeta. Aun así puede ser auténtica. No se preguntó a nadie.',
  'card.signature.unsigned':
    'No: nadie la firmó. Es solo el contenido de una tarjeta, que nombra a {issuer}. Cualquiera pudo escribirlo.',
  'card.time.valid': 'Emitida el {date}.',
  'card.time.until': 'Emitida el {date}, válida hasta el {until}.',
  'card.time.expired': 'Ya no es válida: terminó el {date}.',
  'card.time.not-yet': 'Todavía no es válida: empieza el {date}.',
  'card.time.unclear': 'No dice con claridad cuándo se emitió ni cuándo termina.',
  'card.revocation.revoked': 'Su emisor la ha retirado. No te fíes de ella.',
  'card.revocation.not-listed': 'No está en la lista de tarjetas retiradas que guardas.',
  'card.revocation.not-checked': 'No se comprobó si su emisor la ha retirado.',
  'card.directory': 'Evaluada según el directorio {source}, tal como estaba el {date}.',

  'issuer.add': 'Añadir el archivo de claves del emisor',
  'issuer.add.text':
    'Con las claves del emisor se puede comprobar. Pide al emisor su archivo de claves; la mayoría lo publica en {address}. Acéptalo solo del propio emisor: confías en aquel cuyas claves añades aquí.',
  'issuer.file.title': 'Son claves, no datos de salud',
  'issuer.file.text':
    'Este archivo puede comprobar las tarjetas de salud de un emisor. ¿De quién son las claves? Escribe la dirección web que nombran sus tarjetas. Añádelo solo si te lo dio el propio emisor.',
  'issuer.address': 'Dirección web del emisor',
  'issuer.keep': 'Guardar estas claves',
  'issuer.list.title': 'Es una lista de tarjetas que se retiraron',
  'issuer.list.text':
    'Las tarjetas que traigas más adelante se comparan con ella. Sustituye a una lista anterior para la misma clave.',
  'issuer.list.keep': 'Guardar esta lista',
  'issuer.kept': 'Guardado. Desde ahora se pueden comprobar las tarjetas de {issuer}.',
  'issuer.failed.no-keys': 'Ninguna de las claves de este archivo puede comprobar una tarjeta de salud.',
  'issuer.failed.bad-address': 'Las tarjetas nombran a su emisor con una dirección que empieza por https://.',
  'issuer.failed.unknown-key':
    'Esta lista corresponde a una clave que no guardas. Añade primero el archivo de claves del emisor.',
  'issuer.failed.directory':
    'Es un directorio de muchos emisores, no las claves de uno. Cancela, y elígelo como archivo para traer: allí se muestra lo que contiene antes de que lo guardes.',
  'issuer.title': 'Emisores de tarjetas de salud en los que confías',
  'issuer.none':
    'Ninguno hasta ahora. Wellkeep no viene con ninguna lista de emisores: tú decides de quién valen las claves.',
  'issuer.count': { one: 'Una clave', other: '{count} claves' },
  'issuer.revoked': { one: 'Una tarjeta retirada', other: '{count} tarjetas retiradas' },
  'issuer.forget': 'Dejar de confiar en él',

  'directory.title': 'Es un directorio de emisores, no datos de salud',
  'directory.text':
    'Con él se pueden comprobar las tarjetas de salud de todos estos emisores. Quien lo hizo decide por ti quién cuenta como emisor. Guárdalo solo si confías en quien lo hizo y te lo dio directamente.',
  'directory.issuers': { one: 'Un emisor', other: '{count} emisores' },
  'directory.asOf': 'Con fecha del {date}',
  'directory.replaces': 'Toma el lugar del que guardas, del {date}.',
  'directory.older': 'Guardas uno más reciente, del {date}. Este, más antiguo, tomaría su lugar.',
  'directory.keep': 'Confiar en este directorio',
  'directory.kept': {
    one: 'Guardado. Desde ahora se pueden comprobar las tarjetas de un emisor.',
    other: 'Guardado. Desde ahora se pueden comprobar las tarjetas de {count} emisores.',
  },
  'directory.forget': 'Dejar de confiar en este directorio',
} satisfies Record<keyof typeof en, Message>
