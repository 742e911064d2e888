"""In English."""

SENTENCES = {
    "other": (
        "The text holds something that the rules of this space do not allow.",
        "Look at the marked place again and send the text once more.",
    ),
    "everything": (
        "Here a moderator reads every text before it appears.",
        "There is nothing to do: the text appears as soon as it is approved.",
    ),
    "word": (
        "The word “{read_as}” is not accepted here.",
        "Say it in other words and send it again.",
    ),
    "word_disguised": (
        "The marked place can be read as “{read_as}”, which is not accepted here.",
        "If that is not what you meant, write it out in full (an abbreviation, for"
        " example); otherwise use other words.",
    ),
    "pattern": (
        "“{read_as}” is something that the rules of this space do not allow.",
        "Remove or rewrite the marked place and send it again.",
    ),
    "cpf": (
        "The text holds a CPF ({read_as}). With it somebody else can pose as its owner,"
        " and the law protects it.",
        "Remove the CPF and send it again. If the support team needs it, they will ask"
        " in private.",
    ),
    "cnpj": (
        "The text holds a CNPJ ({read_as}), which tells which company it is about.",
        "Remove the CNPJ unless it is needed here, and send it again.",
    ),
    "cnh": (
        "The text holds the number of a driving licence ({read_as}), a personal"
        " document that the law protects.",
        "Remove the number of the licence and send it again.",
    ),
    "rg": (
        "The text holds the number of an identity card ({read_as}), a personal document"
        " that the law protects.",
        "Remove the number of the identity card and send it again.",
    ),
    "card": (
        "The text holds the number of a payment card ({read_as}). Whoever reads it can"
        " buy with it.",
        "Remove the card's number and send it again. We never ask for it in a message.",
    ),
    "nfe_key": (
        "The text holds the access key of an invoice ({read_as}). With it anybody can"
        " look up who bought what, and for how much.",
        "Remove the access key and send it again; number and series of the invoice are"
        " usually enough.",
    ),
    "pix": (
        "The text holds a Pix key ({read_as}). It tells who is paid, and is often used"
        " for fraud.",
        "Remove the Pix key and send it again. Payments are agreed on through the"
        " official channels.",
    ),
    "email": (
        "The text holds an e-mail address ({read_as}) that others could use against its"
        " owner's will.",
        "Remove the e-mail address and send it again.",
    ),
    "phone": (
        "The text holds a phone number ({read_as}) that others could use against its"
        " owner's will.",
        "Remove the phone number and send it again.",
    ),
    "token": (
        "The text holds an access token or an API key ({read_as}). Whoever reads it can"
        " act in its owner's name.",
        "Remove the key and send it again. If somebody has read it already, revoke it"
        " and make another.",
    ),
    "private_key": (
        "The text holds a private key. With it anybody can pose as its owner or enter"
        " the server.",
        "Remove the whole key and send it again. If somebody has read it already,"
        " replace it.",
    ),
    "connection_string": (
        "The text holds the data of a connection with its password ({read_as}). With it"
        " anybody can enter the database or the server.",
        "Remove the password and send it again. If somebody has read it already, change"
        " it.",
    ),
    "password": (
        "The text seems to hold a password. Whoever reads it can log in as its owner.",
        "Remove the password and send it again. If somebody has read it already, change"
        " it. The support team never needs your password.",
    ),
    "term": (
        "The text names “{read_as}”, which your company wants to keep inside; people of"
        " other companies read here.",
        "Remove the name or describe it neutrally (“a customer”, “a project”), and send"
        " it again.",
    ),
    "term_of_others": (
        "A moderator will read this text before it appears.",
        "There is nothing to do: we tell you as soon as it is decided.",
    ),
    "solicitation": (
        "“{read_as}” seems to offer or ask for a service on the side, which is not"
        " allowed here.",
        "Remove the offer and send it again. Whoever needs a service is helped through"
        " the official channels.",
    ),
    "offer": (
        "“{read_as}” beside a way to reach you seems to offer a private service, which"
        " is not allowed here.",
        "Answer right here, without phone, e-mail or Pix key, and send it again.",
    ),
    "links": (
        "The text has {count} links; to keep advertising out, at most {most} are"
        " accepted here.",
        "Keep only the links that are needed and send it again.",
    ),
    "domain": (
        "The text leads to {read_as}, an address that is not accepted here.",
        "Remove the link and send it again.",
    ),
    "duplicate": (
        "You sent nearly the same text a little while ago.",
        "If nobody has answered yet, add to the earlier text rather than repeating it.",
    ),
    "pace": (
        "That makes {count} texts in {seconds} seconds; at most {most} are accepted"
        " here.",
        "Wait a little, or put everything into one text.",
    ),
    "mentions": (
        "The text mentions {count} people; at most {most} are accepted here, as each of"
        " them is notified.",
        "Mention only who has to answer and send it again.",
    ),
    "shouting": (
        "The text is nearly all in capitals, or has many marks in a row, and that reads"
        " like shouting.",
        "Write in small letters: it is easier to read, and you will be answered just"
        " the same.",
    ),
    "bidi": (
        "The text holds invisible signs that turn the direction of reading: what is"
        " seen is not what is written.",
        "Delete the marked place, type it again and send it.",
    ),
    "invisible": (
        "The text holds invisible characters inside words, which can hide something.",
        "Delete the marked place, type it again and send it.",
    ),
    "zalgo": (
        "The text has heaps of accents that keep it from being read.",
        "Type the marked place again without the heaped accents.",
    ),
    "mixed_scripts": (
        "A word mixes letters of different alphabets that look alike, as forged"
        " addresses do.",
        "Type the marked word again in one alphabet.",
    ),
    "hidden_style": (
        "The text holds a piece that is formatted so that nobody sees it.",
        "Paste the text without formatting and send it again.",
    ),
}
