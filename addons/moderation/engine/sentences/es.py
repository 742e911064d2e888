"""En español."""

SENTENCES = {
    "other": (
        "El texto contiene algo que las reglas de este espacio no permiten.",
        "Revise el fragmento marcado y envíelo de nuevo.",
    ),
    "everything": (
        "Aquí un moderador lee cada texto antes de que aparezca.",
        "No tiene que hacer nada: el texto aparece en cuanto se apruebe.",
    ),
    "word": (
        "La palabra “{read_as}” no se acepta aquí.",
        "Dígalo con otras palabras y envíelo de nuevo.",
    ),
    "word_disguised": (
        "El fragmento marcado puede leerse como “{read_as}”, que no se acepta aquí.",
        "Si no era la intención, escríbalo completo (una sigla, por ejemplo); si no,"
        " use otras palabras.",
    ),
    "pattern": (
        "“{read_as}” es algo que las reglas de este espacio no permiten.",
        "Quite o reescriba el fragmento marcado y envíelo de nuevo.",
    ),
    "cpf": (
        "El texto contiene un CPF ({read_as}). Con él, otra persona puede hacerse pasar"
        " por su titular, y la ley lo protege.",
        "Quite el CPF y envíelo de nuevo. Si soporte lo necesita, lo pedirá por un"
        " canal reservado.",
    ),
    "cnpj": (
        "El texto contiene un CNPJ ({read_as}), que muestra de qué empresa se trata.",
        "Quite el CNPJ si no hace falta aquí y envíelo de nuevo.",
    ),
    "cnh": (
        "El texto contiene el número de una licencia de conducir ({read_as}), un"
        " documento personal protegido por la ley.",
        "Quite el número de la licencia y envíelo de nuevo.",
    ),
    "rg": (
        "El texto contiene el número de un documento de identidad ({read_as}),"
        " protegido por la ley.",
        "Quite el número del documento y envíelo de nuevo.",
    ),
    "card": (
        "El texto contiene el número de una tarjeta ({read_as}). Quien lo lea puede"
        " comprar con ella.",
        "Quite el número de la tarjeta y envíelo de nuevo. Nunca lo pedimos por"
        " mensaje.",
    ),
    "nfe_key": (
        "El texto contiene la clave de acceso de una factura ({read_as}). Con ella,"
        " cualquiera consulta quién compró, qué y por cuánto.",
        "Quite la clave de acceso y envíelo de nuevo; suelen bastar el número y la"
        " serie de la factura.",
    ),
    "pix": (
        "El texto contiene una clave Pix ({read_as}). Identifica a quien cobra y se usa"
        " mucho en estafas.",
        "Quite la clave Pix y envíelo de nuevo. Los pagos se acuerdan por los canales"
        " oficiales.",
    ),
    "email": (
        "El texto contiene una dirección de correo ({read_as}) que otros podrían usar"
        " sin la voluntad de su dueño.",
        "Quite el correo y envíelo de nuevo.",
    ),
    "phone": (
        "El texto contiene un número de teléfono ({read_as}) que otros podrían usar sin"
        " la voluntad de su dueño.",
        "Quite el teléfono y envíelo de nuevo.",
    ),
    "token": (
        "El texto contiene una clave o un token de acceso ({read_as}). Quien lo lea"
        " puede actuar en nombre de su dueño.",
        "Quite la clave y envíelo de nuevo. Si alguien ya la leyó, revóquela y genere"
        " otra.",
    ),
    "private_key": (
        "El texto contiene una clave privada. Con ella, cualquiera puede hacerse pasar"
        " por su dueño o entrar en el servidor.",
        "Quite la clave entera y envíelo de nuevo. Si alguien ya la leyó, cámbiela.",
    ),
    "connection_string": (
        "El texto contiene los datos de una conexión con su contraseña ({read_as}). Con"
        " ellos, cualquiera entra en la base de datos o en el servidor.",
        "Quite la contraseña y envíelo de nuevo. Si alguien ya la leyó, cámbiela.",
    ),
    "password": (
        "El texto parece contener una contraseña. Quien la lea puede entrar en lugar de"
        " su dueño.",
        "Quite la contraseña y envíelo de nuevo. Si alguien ya la leyó, cámbiela."
        " Soporte nunca necesita su contraseña.",
    ),
    "term": (
        "El texto nombra “{read_as}”, que su empresa pidió no divulgar; aquí leen"
        " personas de otras empresas.",
        "Quite el nombre o use una descripción neutra (“un cliente”, “un proyecto”) y"
        " envíelo de nuevo.",
    ),
    "term_of_others": (
        "Un moderador leerá este texto antes de que aparezca.",
        "No tiene que hacer nada: le avisamos en cuanto se decida.",
    ),
    "solicitation": (
        "“{read_as}” parece ofrecer o pedir un servicio por fuera, lo que no se permite"
        " aquí.",
        "Quite la oferta y envíelo de nuevo. Quien necesita un servicio es atendido por"
        " los canales oficiales.",
    ),
    "offer": (
        "“{read_as}”, junto a un contacto, parece ofrecer un servicio particular, lo"
        " que no se permite aquí.",
        "Responda aquí mismo, sin teléfono, correo ni clave Pix, y envíelo de nuevo.",
    ),
    "links": (
        "El texto tiene {count} enlaces; para frenar la publicidad, aquí se aceptan"
        " como máximo {most}.",
        "Deje solo los enlaces necesarios y envíelo de nuevo.",
    ),
    "domain": (
        "El texto lleva a {read_as}, una dirección que no se acepta aquí.",
        "Quite el enlace y envíelo de nuevo.",
    ),
    "duplicate": (
        "Hace poco envió un texto casi igual a este.",
        "Si nadie ha respondido todavía, complete el texto anterior en vez de"
        " repetirlo.",
    ),
    "pace": (
        "Son {count} textos en {seconds} segundos; aquí se aceptan como máximo {most}.",
        "Espere un poco o junte todo en un solo texto.",
    ),
    "mentions": (
        "El texto menciona a {count} personas; aquí se aceptan como máximo {most},"
        " porque cada una recibe un aviso.",
        "Mencione solo a quien deba responder y envíelo de nuevo.",
    ),
    "shouting": (
        "El texto está casi todo en mayúsculas o con muchos signos seguidos, y eso"
        " suena como un grito.",
        "Escriba con mayúsculas y minúsculas: se lee mejor y se le responde igual.",
    ),
    "bidi": (
        "El texto contiene signos invisibles que invierten la lectura: lo que se ve no"
        " es lo que está escrito.",
        "Borre el fragmento marcado, escríbalo de nuevo y envíelo.",
    ),
    "invisible": (
        "El texto contiene caracteres invisibles dentro de las palabras, que pueden"
        " esconder algo.",
        "Borre el fragmento marcado, escríbalo de nuevo y envíelo.",
    ),
    "zalgo": (
        "El texto tiene acentos apilados que impiden leerlo.",
        "Escriba de nuevo el fragmento marcado sin los acentos apilados.",
    ),
    "mixed_scripts": (
        "Una palabra mezcla letras de alfabetos distintos que parecen iguales, como en"
        " las direcciones falsas.",
        "Escriba de nuevo la palabra marcada con un solo alfabeto.",
    ),
    "hidden_style": (
        "El texto contiene un fragmento con formato para que no se vea.",
        "Pegue el texto sin formato y envíelo de nuevo.",
    ),
}
