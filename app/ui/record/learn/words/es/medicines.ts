import type { MedicineId, TopicWords } from '../../topics.ts'

export const medicines: Readonly<Record<MedicineId, TopicWords>> = {
  statins: {
    name: 'Estatinas',
    what: 'Medicamentos que bajan el colesterol LDL: el hígado hace menos y saca más de la sangre. En personas con LDL alto reducen el riesgo de un ataque al corazón y de un derrame cerebral.',
    notice:
      'Por lo general, nada. Algunas personas tienen dolor muscular; un daño real de los músculos o del hígado es raro. El riesgo de diabetes tipo 2 puede subir un poco, sobre todo en quienes ya lo tienen alto.',
    helps:
      'Tómalas como se recetaron y no las dejes por tu cuenta. Pregunta qué medicamentos y alimentos no van con ellas: con algunas, la toronja (pomelo) es uno. Los buenos hábitos siguen a su lado.',
    questions: [
      '¿Cuál debería ser mi colesterol al tomarlas?',
      '¿Van con mis otros medicamentos?',
      '¿Qué hago si me duelen los músculos?',
    ],
    urgent:
      'Avisa a tu equipo de atención si tienes dolor muscular. Las estatinas no son para el embarazo ni la lactancia: pregunta antes.',
  },
  'blood-thinners': {
    name: 'Anticoagulantes y antiplaquetarios',
    what: 'Medicamentos que evitan que se formen coágulos de sangre o que crezcan; no los disuelven. Los anticoagulantes hacen más lenta la coagulación; los antiplaquetarios evitan que unas células de la sangre se junten. Se usan por ejemplo en la fibrilación auricular, tras cambiar una válvula del corazón, o después de un ataque al corazón o un derrame cerebral.',
    notice:
      'El sangrado es el efecto secundario más frecuente. También puede haber malestar de estómago, náuseas y diarrea.',
    helps:
      'Sigue las indicaciones al pie de la letra. Alimentos, alcohol, vitaminas y otros medicamentos pueden cambiar cómo actúan, así que dilo a todos los que te atienden. Algunas personas necesitan análisis de sangre con regularidad.',
    questions: [
      '¿Qué alimentos y medicamentos debo evitar?',
      '¿Necesito análisis de sangre, y cada cuánto?',
      '¿Qué hago antes de una operación o en el dentista?',
    ],
    urgent:
      'Llama ante cualquier señal de sangrado serio: orina roja o marrón, heces rojas o negras, encías o nariz que no dejan de sangrar, vómito marrón o rojo, tos con sangre, dolor fuerte de cabeza o de estómago, moretones raros, un corte que sigue sangrando, una mala caída o un golpe en la cabeza, mareo o debilidad.',
  },
  'blood-pressure-medicines': {
    name: 'Medicamentos para la presión arterial',
    what: 'Varios grupos que bajan la presión de distintas maneras. Los inhibidores de la ECA y los ARA evitan que los vasos se estrechen. Los betabloqueadores hacen que el corazón lata más despacio y con menos fuerza. Los bloqueadores de los canales de calcio dejan que los vasos se relajen. Algunos se usan también para otras enfermedades: tu equipo de atención puede decirte para qué tomas el tuyo.',
    notice:
      'La presión alta por lo general no se siente, y por eso tampoco que mejora. Pregunta qué efectos secundarios puede tener el tuyo.',
    helps:
      'Buenos hábitos a su lado: juntos hacen más que cada uno por separado. Muchas veces dos medicamentos funcionan mejor que uno.',
    questions: [
      '¿De qué grupo es mi medicamento, y para qué es?',
      '¿Cuál debería ser mi presión al tomarlo?',
      '¿Qué hago si siento mareo o malestar?',
    ],
  },
  'water-pills': {
    name: 'Diuréticos (pastillas para orinar)',
    what: 'Ayudan al cuerpo a eliminar agua y sal. Así hay menos líquido en la sangre, baja la presión arterial y baja la hinchazón por líquido.',
    notice: 'Se orina más. También pueden subir el ácido úrico, y entonces la gota es más probable.',
    helps:
      'Muchas veces se toman junto con otros medicamentos, a veces en una sola pastilla. Comer menos sal también ayuda contra la hinchazón.',
    questions: [
      '¿A qué hora del día debo tomarlos?',
      '¿Necesito análisis de sangre?',
      '¿Qué hago los días en que estoy mal o bebo poco?',
    ],
  },
  metformin: {
    name: 'Metformina',
    what: 'Un medicamento para la diabetes tipo 2. Baja el azúcar en la sangre porque el cuerpo aprovecha mejor la insulina. También se usa para la diabetes del embarazo y para prevenir la diabetes tipo 2 en personas con riesgo alto.',
    notice:
      'Quizá ninguna diferencia: eso no quiere decir que no actúe. Náuseas, diarrea, dolor de estómago y poco apetito son los efectos secundarios más frecuentes. Con mucho tiempo puede llevar a falta de vitamina B12.',
    helps: 'Tomarla con una comida reduce los efectos secundarios. Comer sano y moverse siguen siendo importantes.',
    questions: [
      '¿Cuál debería ser mi azúcar al tomarla?',
      '¿Hay que medir mi vitamina B12?',
      '¿Qué hago los días en que estoy mal y casi no como ni bebo?',
    ],
  },
  insulin: {
    name: 'Insulina',
    what: 'Una hormona que ayuda a la glucosa a pasar de la sangre a las células. En la diabetes tipo 1 el cuerpo no hace, o casi no hace, así que hay que ponérsela; algunas personas con diabetes tipo 2 también la usan. Hay tipos que actúan antes o después, y por más o menos tiempo.',
    notice: 'La glucosa puede bajar demasiado.',
    helps:
      'Se pone con pluma, jeringa o bomba. La glucosa se mide en casa, y los resultados ayudan a decidir sobre comida, movimiento y medicamentos. Nunca la cambies ni la dejes por tu cuenta.',
    questions: [
      '¿Cuándo y cómo me pongo la mía?',
      '¿Cada cuánto debo medir la glucosa, y cuál es mi meta?',
      '¿Qué hago cuando está demasiado baja o demasiado alta?',
    ],
    urgent:
      'La glucosa baja viene rápido: temblor, sudor, nervios, hambre, mareo, confusión. Puede ser peligrosa y hay que tratarla lo antes posible. Acuerda antes con tu equipo de atención qué hacer entonces.',
  },
  'thyroid-hormone': {
    name: 'Hormona tiroidea',
    what: 'Un medicamento que reemplaza la hormona que una tiroides poco activa no hace en cantidad suficiente.',
    notice: 'Los análisis de sangre dicen si la dosis es la adecuada para ti; se ajusta hasta que lo sea.',
    helps:
      'Tómala como se recetó, y no la dejes nunca sin hablar con tu equipo de atención. Así suele mantener la enfermedad bajo control.',
    questions: [
      '¿Cuándo es mi próximo análisis de sangre?',
      '¿Cómo la tomo con las comidas y con mis otros medicamentos?',
      '¿Qué cambia si estoy en embarazo o quiero estarlo?',
    ],
  },
  'quick-relief-inhalers': {
    name: 'Inhaladores de alivio rápido',
    what: 'Medicamentos que abren las vías respiratorias en poco tiempo, porque relajan los músculos que las rodean. En el asma ayudan durante un ataque o antes de que empiecen las señales; en la EPOC hacen más fácil respirar.',
    notice:
      'Respirar se hace más fácil. La inflamación que hay detrás del asma es cosa de los medicamentos de control.',
    helps:
      'Llévalo siempre contigo. Si tienes además un medicamento de control, tómalo como se recetó, también cuando te sientas bien.',
    questions: ['¿Uso bien el inhalador?', '¿Cada cuánto es demasiado?', '¿Qué dice mi plan para los ataques?'],
    urgent: 'Si en un ataque fuerte no ayuda, busca atención de emergencia.',
  },
  'steroid-inhalers': {
    name: 'Inhaladores de corticoides (preventivos)',
    what: 'Inhaladores que calman la hinchazón de las vías respiratorias, para que las señales del asma, y a veces de la EPOC, vengan menos. Se parecen a hormonas que el cuerpo hace por sí mismo.',
    notice: 'No actúan de inmediato. Puede haber dolor o una infección en la boca.',
    helps:
      'Úsalo todos los días, también cuando no notes nada. Enjuágate la boca o cepíllate los dientes después. No es para una falta de aire repentina: para eso suele haber otro inhalador, el de alivio.',
    questions: [
      '¿Uso bien el inhalador?',
      '¿Cuál de mis inhaladores es para qué momento?',
      '¿Necesito una tarjeta de corticoides?',
    ],
  },
  steroids: {
    name: 'Corticoides (esteroides)',
    what: 'Medicamentos parecidos a las hormonas de las glándulas suprarrenales. Bajan la inflamación y actúan sobre el sistema inmunitario, por ejemplo en la artritis, el asma, enfermedades autoinmunes y el eccema. No son los esteroides con que se ganan músculos.',
    notice: 'Son fuertes y tienen efectos secundarios; entre ellos, huesos más débiles y cataratas.',
    helps: 'Por lo general se toman el menor tiempo posible. Tómalos exactamente como se recetaron.',
    questions: [
      '¿Cuánto tiempo los tomaré, y cómo los dejo?',
      '¿Hay que revisar mis huesos o mis ojos?',
      '¿Van con mis otros medicamentos y enfermedades?',
    ],
  },
  'acid-blockers': {
    name: 'Protectores gástricos (inhibidores de la bomba de protones)',
    what: 'Medicamentos con los que el estómago hace menos ácido. Se usan para la acidez y el reflujo, y para tratar o prevenir úlceras del estómago.',
    notice:
      'Tardan unos días en actuar, y hasta semanas en hacerlo del todo. Dolor de cabeza, diarrea y dolor de estómago son frecuentes y por lo general leves. Tomados mucho tiempo pueden debilitar los huesos.',
    helps:
      'El alcohol puede hacer que el estómago produzca más ácido. Si los compras por tu cuenta, pregunta en la consulta antes de tomarlos más tiempo del que dice el envase.',
    questions: ['¿Cuánto tiempo debo tomarlos?', '¿Los necesito todavía?', '¿Qué más ayuda contra mi acidez?'],
  },
  paracetamol: {
    name: 'Paracetamol (acetaminofén)',
    what: 'Un analgésico para el dolor leve o moderado, que está en muchos medicamentos con y sin receta. A menudo se considera más seguro que otros analgésicos.',
    notice: 'Muchas personas toman demasiado sin querer.',
    helps:
      'Es fácil tomar demasiado por error, porque está en muchos productos: lee qué contiene cada uno y no tomes a la vez dos que lo tengan. Pregunta antes de tomarlo muchos días.',
    questions: [
      '¿Cuánto puedo tomar al día, con mis otras enfermedades?',
      '¿Cuáles de mis medicamentos lo contienen?',
      '¿Cuántos días seguidos están bien?',
    ],
  },
  nsaids: {
    name: 'Analgésicos antiinflamatorios (AINE)',
    what: 'Analgésicos como el ibuprofeno y el naproxeno. Ayudan sobre todo si hay dolor con inflamación, como en la artritis o el dolor de la regla.',
    notice: 'En exceso pueden causar náuseas, dolor de estómago o úlceras.',
    helps:
      'No tomes más de lo que dice el envase o tu equipo de atención. Contra el dolor también pueden ayudar el calor, el frío, los masajes, la fisioterapia y relajarse.',
    questions: [
      '¿Es seguro con mis otros medicamentos y enfermedades?',
      '¿Cuántos días puedo tomarlo?',
      '¿Hay algo mejor para mi estómago?',
    ],
  },
  opioids: {
    name: 'Opioides',
    what: 'Analgésicos fuertes con receta, por ejemplo tras una operación o una lesión, o en el cáncer. Actúan en el cerebro, también en la parte que controla la respiración.',
    notice: 'Pueden tener efectos secundarios graves, y hay riesgo de adicción.',
    helps:
      'Toma exactamente lo recetado, nunca más ni más seguido, y nunca con alcohol ni pastillas para dormir. Guárdalos donde nadie más los alcance y deshazte de lo que sobre. Pregunta por la naloxona, que puede detener una sobredosis.',
    questions: [
      '¿Cuánto tiempo los necesitaré, y cómo los dejo?',
      '¿Van con mis otros medicamentos?',
      '¿Debemos tener naloxona en casa?',
    ],
    urgent:
      'Llama de inmediato al número de emergencias si no se puede despertar a alguien que tomó opioides, si respira despacio o apenas, hace gorgoteos, tiene las pupilas muy pequeñas o los labios azules o morados. Dale naloxona si la hay, y quédate.',
  },
  antidepressants: {
    name: 'Antidepresivos',
    what: 'Medicamentos contra la depresión, que se usan también para la ansiedad, el dolor crónico o el insomnio. Pueden mejorar cómo usa el cerebro las sustancias que controlan el ánimo y el estrés. Hay varios tipos; los ISRS son los más conocidos.',
    notice:
      'Por lo general tardan semanas en actuar; el sueño y el apetito pueden mejorar antes que el ánimo. Puede haber náuseas, aumento de peso, diarrea, sueño y problemas en el sexo; suelen ser leves y pueden pasar.',
    helps:
      'Paciencia: si el primero no ayuda, puede ayudar otro. Di a tu equipo de atención todo lo demás que tomas, también el alcohol. No los dejes ni cambies la dosis por tu cuenta: dejarlos demasiado rápido puede empeorar las cosas.',
    questions: [
      '¿Cuándo debería mejorar, y qué pasa si no?',
      '¿Por qué efectos secundarios debo llamar?',
      '¿Cuánto tiempo debo tomarlos, y cómo los dejo?',
    ],
    urgent:
      'Llama enseguida ante señales nuevas o peores, o cambios de ánimo raros. Las personas jóvenes pueden pensar más en hacerse daño al empezar o al cambiar la dosis: entonces busca ayuda de inmediato.',
  },
  antibiotics: {
    name: 'Antibióticos',
    what: 'Medicamentos contra infecciones por bacterias. No sirven contra los virus, así que tampoco contra resfriados, gripe, casi todos los dolores de garganta y casi todas las bronquitis.',
    notice:
      'Sarpullido, náuseas, diarrea e infecciones por hongos son frecuentes. Rara vez hay una diarrea grave por otro germen o una reacción alérgica grave.',
    helps:
      'Tómalos como se recetaron hasta el final, también cuando te sientas mejor. No guardes para después, no los compartas ni tomes los de otra persona: si no, las bacterias se vuelven resistentes.',
    questions: [
      '¿Necesito uno, o se pasará solo?',
      '¿Cómo y durante cuánto tiempo lo tomo?',
      '¿Va con mis alergias y mis otros medicamentos?',
    ],
    urgent:
      'Llama a tu equipo de atención si tienes efectos secundarios. Una reacción alérgica grave es una emergencia.',
  },
}
