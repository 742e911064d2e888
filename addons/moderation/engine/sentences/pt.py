"""Em português do Brasil."""

SENTENCES = {
    "other": (
        "O texto contém algo que as regras deste espaço não permitem.",
        "Reveja o trecho marcado e envie de novo.",
    ),
    "everything": (
        "Aqui, cada texto é lido por um moderador antes de aparecer.",
        "Você não precisa fazer nada: o texto aparece assim que for aprovado.",
    ),
    "word": (
        "A palavra “{read_as}” não é aceita aqui.",
        "Diga o mesmo com outras palavras e envie de novo.",
    ),
    "word_disguised": (
        "O trecho marcado pode ser lido como “{read_as}”, que não é aceito aqui.",
        "Se não foi essa a intenção, escreva por extenso (uma sigla, por exemplo);"
        " senão, use outras palavras.",
    ),
    "pattern": (
        "“{read_as}” é algo que as regras deste espaço não permitem.",
        "Retire ou reescreva o trecho marcado e envie de novo.",
    ),
    "cpf": (
        "O texto contém um CPF ({read_as}). Com ele, outra pessoa pode se passar pelo"
        " titular, e a LGPD o protege.",
        "Remova o CPF e envie de novo. Se o atendimento precisar dele, vai pedir por um"
        " canal reservado.",
    ),
    "cnpj": (
        "O texto contém um CNPJ ({read_as}), que mostra de qual empresa se trata.",
        "Remova o CNPJ se ele não for necessário aqui e envie de novo.",
    ),
    "cnh": (
        "O texto contém o número de uma CNH ({read_as}), um documento pessoal protegido"
        " pela LGPD.",
        "Remova o número da CNH e envie de novo.",
    ),
    "rg": (
        "O texto contém o número de um RG ({read_as}), um documento pessoal protegido"
        " pela LGPD.",
        "Remova o número do RG e envie de novo.",
    ),
    "card": (
        "O texto contém o número de um cartão ({read_as}). Quem o lê pode fazer compras"
        " com ele.",
        "Remova o número do cartão e envie de novo. Nunca pedimos esse número por"
        " mensagem.",
    ),
    "nfe_key": (
        "O texto contém a chave de acesso de uma nota fiscal ({read_as}). Com ela,"
        " qualquer pessoa consulta quem comprou, o quê e por quanto.",
        "Remova a chave de acesso e envie de novo; em geral, o número e a série da nota"
        " bastam.",
    ),
    "pix": (
        "O texto contém uma chave Pix ({read_as}). Ela identifica quem recebe e é muito"
        " usada em golpes.",
        "Remova a chave Pix e envie de novo. Pagamentos são combinados pelos canais"
        " oficiais.",
    ),
    "email": (
        "O texto contém um endereço de e-mail ({read_as}), que outras pessoas poderiam"
        " usar sem a vontade do dono.",
        "Remova o e-mail e envie de novo.",
    ),
    "phone": (
        "O texto contém um número de telefone ({read_as}), que outras pessoas poderiam"
        " usar sem a vontade do dono.",
        "Remova o telefone e envie de novo.",
    ),
    "token": (
        "O texto contém uma chave ou um token de acesso ({read_as}). Quem o lê pode"
        " agir em nome do dono.",
        "Remova a chave e envie de novo. Se alguém já a leu, revogue-a e gere outra.",
    ),
    "private_key": (
        "O texto contém uma chave privada. Com ela, qualquer pessoa pode se passar pelo"
        " dono ou entrar no servidor.",
        "Remova a chave inteira e envie de novo. Se alguém já a leu, troque-a.",
    ),
    "connection_string": (
        "O texto contém os dados de uma conexão com a senha ({read_as}). Com eles,"
        " qualquer pessoa entra no banco de dados ou no servidor.",
        "Remova a senha e envie de novo. Se alguém já a leu, troque-a.",
    ),
    "password": (
        "O texto parece conter uma senha. Quem o lê pode entrar no lugar do dono.",
        "Remova a senha e envie de novo. Se alguém já a leu, troque-a. O suporte nunca"
        " precisa da sua senha.",
    ),
    "term": (
        "O texto cita “{read_as}”, que a sua empresa pediu para não sair dela; pessoas"
        " de outras empresas leem aqui.",
        "Retire ou troque o nome por uma descrição neutra (“um cliente”, “um projeto”)"
        " e envie de novo.",
    ),
    "term_of_others": (
        "Este texto será lido por um moderador antes de aparecer.",
        "Você não precisa fazer nada: avisamos assim que houver uma decisão.",
    ),
    "solicitation": (
        "“{read_as}” parece oferecer ou pedir um serviço por fora, o que não é"
        " permitido aqui.",
        "Retire a oferta e envie de novo. Quem procura um serviço é atendido pelos"
        " canais oficiais.",
    ),
    "offer": (
        "“{read_as}”, ao lado de um contato, parece oferecer um serviço particular, o"
        " que não é permitido aqui.",
        "Responda aqui mesmo, sem telefone, e-mail nem chave Pix, e envie de novo.",
    ),
    "links": (
        "O texto tem {count} links; aqui são aceitos no máximo {most}, para conter a"
        " propaganda.",
        "Deixe apenas os links necessários e envie de novo.",
    ),
    "domain": (
        "O texto leva a {read_as}, um endereço que não é aceito aqui.",
        "Retire o link e envie de novo.",
    ),
    "duplicate": (
        "Você já enviou um texto quase igual a este há pouco.",
        "Se ninguém respondeu ainda, complete o texto anterior em vez de repetir.",
    ),
    "pace": (
        "São {count} textos em {seconds} segundos; aqui são aceitos no máximo {most}.",
        "Espere um pouco ou junte tudo em um texto só.",
    ),
    "mentions": (
        "O texto menciona {count} pessoas; aqui são aceitas no máximo {most}, porque"
        " cada uma recebe um aviso.",
        "Mencione só quem precisa responder e envie de novo.",
    ),
    "shouting": (
        "O texto está quase todo em maiúsculas ou com muitos sinais seguidos, e isso"
        " soa como um grito.",
        "Escreva com maiúsculas e minúsculas: assim todos leem melhor e você é"
        " respondido do mesmo jeito.",
    ),
    "bidi": (
        "O texto contém sinais invisíveis que invertem a leitura: o que se vê não é o"
        " que está escrito.",
        "Apague o trecho marcado, digite-o de novo e envie.",
    ),
    "invisible": (
        "O texto contém caracteres invisíveis no meio das palavras, que podem esconder"
        " algo.",
        "Apague o trecho marcado, digite-o de novo e envie.",
    ),
    "zalgo": (
        "O texto tem acentos empilhados que impedem a leitura.",
        "Digite o trecho marcado de novo, sem os acentos empilhados.",
    ),
    "mixed_scripts": (
        "Uma palavra mistura letras de alfabetos diferentes que parecem iguais, como em"
        " endereços falsos.",
        "Digite a palavra marcada de novo com um só alfabeto.",
    ),
    "hidden_style": (
        "O texto contém um trecho formatado para não aparecer.",
        "Cole o texto sem formatação e envie de novo.",
    ),
}
