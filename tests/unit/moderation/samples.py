"""Reserved words, and sentences of a help desk in which to hide them.

Two sets: the engine is tuned with the first one, and the second one says whether it
was tuned too much.
"""

_WORDS = (
    "pau cu rola pica saco rabo puta puto merda bosta porra caralho cacete buceta "
    "viado bicha vaca anta burro otário idiota imbecil babaca corno cretino canalha "
    "vagabundo safado piranha galinha arrombado cuzão punheta boquete foda desgraça "
    "lixo nojento trouxa palhaço pilantra ladrão escroto retardado mongol jumento "
    "pinto xereca"
)
# Backwards these are words: ocas, arroz.
NOT_TURNED = frozenset(("saco", "zorra"))
CARRIERS = (
    "Bom dia, esse {} de sistema parou de emitir a nota.",
    "{} não consegue importar o XML do fornecedor",
    "<p>Já abri três chamados e o {} não respondeu.</p>",
    "O relatório de contas a pagar está um {}!",
    "Vocês são uns {}, o boleto venceu ontem...",
    "<p>Olá,</p><p>o suporte é {} e o prazo acabou.</p>",
    "Precisa de certificado A1 ou A3? {}, ninguém sabe.",
    "A integração com o banco ficou ({}) desde 03/2026.",
    "Atualizei para a versão 19.0 e deu {}",
    '<div>Segue o "{}" em anexo, conforme a NF-e 4.567.</div>',
)
_OTHER_WORDS = (
    "fdp pqp xota verga culo mala chato bunda bundão mijo peido tarado demônio "
    "maldito miserável abestado bocó jegue traste verme rato cobra porco nazista "
    "macumbeiro caipira inútil incompetente mentiroso covarde maluco doente "
    "mierda pendejo cabrón gilipollas estúpido zorra bastard bitch asshole fuck "
    "wanker moron"
)
WORDS, OTHER_WORDS = tuple(_WORDS.split()), tuple(_OTHER_WORDS.split())
OTHER_CARRIERS = (
    "Não recebi retorno sobre o pedido 1234, {}.",
    "{}! A tela de vendas trava a cada 5 minutos.",
    "<ul><li>estoque errado</li><li>{} no caixa</li></ul>",
    "Meu CNPJ não valida; que {} de cadastro e de fila",
    "Favor ligar para o setor fiscal: a {} da guia do ICMS saiu em branco",
    "<p>Prezados, <strong>{}</strong> continua sem solução.</p>",
    "Tem como exportar em PDF/CSV? {}?",
    "Depois da migração o {} ficou lento e o cliente reclamou.",
    "1) abrir o módulo; 2) clicar em salvar; 3) {}",
    "Quem aprovou isso foi um {} qualquer, não a gerência.",
)
