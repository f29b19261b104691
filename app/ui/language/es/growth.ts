import type { growth as en } from '../en/growth.ts'
import type { Message } from '../message.ts'

export const growth = {
  'measure.head-circumference': 'Perímetro de la cabeza',
  'growth.title': 'Crecimiento',
  'growth.link': 'Curvas de crecimiento',
  'growth.grown': 'Las curvas de crecimiento son para niños y jóvenes de hasta 20 años.',
  'growth.change': 'Cambiar los datos de las curvas',
  'growth.ask': '¿Para quién son las curvas?',
  'growth.ask.text':
    'Las curvas de crecimiento cambian según el sexo y la edad. Lo que pongas aquí se guarda con tus ajustes y solo se ve en tus propios dispositivos.',
  'growth.show': 'Mostrar las curvas',
  'growth.sex': 'Sexo',
  'growth.sex.hint': 'Las curvas se hicieron para estos dos.',
  'growth.sex.female': 'Niña',
  'growth.sex.male': 'Niño',
  'growth.sex.needed': 'Elige cuál de las dos curvas quieres ver.',
  'growth.birth': 'Fecha de nacimiento',
  'growth.birth.needed': 'Escribe la fecha de nacimiento completa: día, mes y año.',
  'growth.birth.ahead': 'Ese día aún no ha llegado.',
  'growth.weeks': '¿Después de cuántas semanas de embarazo nació?',
  'growth.weeks.hint':
    'Solo si nació antes de las 37 semanas: hasta los dos años, la edad se cuenta entonces desde el día en que debía nacer. Si no, déjalo vacío.',
  'growth.weeks.wrong': 'Escribe semanas completas, de 22 a 44, o déjalo vacío.',
  'growth.notSaved': 'No se pudo guardar en este dispositivo. Inténtalo de nuevo.',
  'growth.child': '{sex}, fecha de nacimiento: {date}.',
  'growth.bornAt': {
    one: 'Nació después de una semana de embarazo.',
    many: 'Nació después de {count} semanas de embarazo.',
    other: 'Nació después de {count} semanas de embarazo.',
  },
  'growth.measure': 'Medición',
  'growth.standard': 'Curvas',
  'growth.standard.who': 'Patrones de crecimiento infantil de la OMS (WHO, 2006)',
  'growth.standard.cdc': 'Gráficas de crecimiento de los CDC (2000)',
  'growth.standard.who.ages': 'OMS (WHO), del nacimiento a los 5 años',
  'growth.standard.cdc.ages': 'CDC, de 2 a 20 años',
  'growth.standard.who.source':
    'Curvas: Organización Mundial de la Salud, Patrones de crecimiento infantil, 2006. Muestran cómo crecieron niños en buenas condiciones en seis países.',
  'growth.standard.cdc.source':
    'Curvas: Centros para el Control y la Prevención de Enfermedades, Gráficas de crecimiento de los Estados Unidos, 2000. Muestran cómo crecieron los niños en los Estados Unidos de 1963 a 1994.',
  'growth.forAge': '{what} para la edad: {standard}',
  'growth.axes': 'Hacia arriba: {unit}. Hacia la derecha: la edad. Los números junto a las curvas son percentiles.',
  'growth.picture': {
    one: '{what} para la edad en las curvas de {standard}: un valor, en la tabla de abajo.',
    many: '{what} para la edad en las curvas de {standard}: {count} valores, en la tabla de abajo.',
    other: '{what} para la edad en las curvas de {standard}: {count} valores, en la tabla de abajo.',
  },
  'growth.newest': 'El más reciente, a los {age}: {value}; percentil {percentile}, puntuación z {z}.',
  'growth.none': 'Aún no hay valores con día y unidad.',
  'growth.age': 'Edad',
  'growth.percentile': 'Percentil',
  'growth.z': 'Puntuación z',
  'growth.outside': 'No hay curva para esta edad',
  'growth.below': 'menos de {percentile}',
  'growth.above': 'más de {percentile}',
  'growth.percentile.about':
    'El percentil 40 significa: de 100 niños de esta edad y sexo, 40 tenían menos y 60 más. Una curva dice cómo crecieron otros, no cómo está tu hija o hijo. Tu médico sabe qué significa en su caso.',
  'growth.bmi.about':
    'En los días con peso y estatura pero sin IMC, el IMC se calcula con los dos: kilogramos divididos por metros por metros.',
  'growth.head.about': 'Las curvas del perímetro de la cabeza son las de los CDC, del nacimiento a los 3 años.',
  'growth.length.about':
    'Hasta los dos años se mide acostando al bebé; desde entonces, de pie. De pie son unos 0,7 cm menos.',
  'growth.corrected.about':
    'Hasta los dos años, los valores están en la edad contada desde el día en que debía nacer. La tabla muestra la edad desde el nacimiento.',
  'growth.leftOut': {
    one: 'Falta un valor: su día o su unidad no es segura.',
    many: 'Faltan {count} valores: su día o su unidad no es segura.',
    other: 'Faltan {count} valores: su día o su unidad no es segura.',
  },
} as const satisfies Readonly<Record<keyof typeof en, Message>>
