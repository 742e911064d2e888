const WORDS = {
    en: {
        title: "The customer's phone",
        lead: "Write as a customer would. What you send arrives in Odoo as from the real provider, and the agent's answer appears here.",
        language: "Language",
        channel: "Channel",
        whose: "Whose phone?",
        back: "Back to the list",
        messages: "Messages",
        toEnd: "Go to the newest message",
        close: "Close",
        picture: "Picture",
        emptyTitle: "Say hello to support",
        emptyText: "The first message opens a ticket. Try one of these:",
        chip1: "Good morning! My invoice was rejected: error 327, invalid CFOP.",
        chip2: "The till stopped printing receipts after the update 😕",
        chipPhoto: "Send a photo of the error",
        phoneOf: "on the phone of {name}",
        typing: "typing…",
        today: "Today",
        yesterday: "Yesterday",
        you: "You",
        edited: "edited",
        deleted: "This message was deleted",
        write: "Message",
        send: "Send",
        emoji: "Emoji",
        attach: "Attach",
        record: "Record a voice note",
        recording: "Recording…",
        cancel: "Cancel",
        sendVoice: "Send the voice note",
        noMic: "No microphone here: the sample voice note was sent instead.",
        photo: "Photo of the error",
        ownPhoto: "Photo or video…",
        document: "Invoice (PDF)",
        ownFile: "File…",
        video: "Screen video",
        voice: "Voice note",
        location: "Location",
        contact: "Contact",
        sticker: "Sticker",
        photoText: "Look, it happens when I transmit item 2",
        placeName: "Shop, Rua XV de Novembro",
        reply: "Reply",
        react: "React with {emoji}",
        unreact: "Take the reaction back",
        edit: "Edit",
        delete: "Delete",
        copy: "Copy",
        copied: "Copied",
        actions: "Message actions",
        replyingTo: "Replying to {name}",
        editing: "Editing",
        quoteGone: "Message not available",
        play: "Play",
        pause: "Pause",
        openList: "Options",
        tapped: "chosen",
        sending: "waiting",
        sent: "sent",
        delivered: "delivered",
        read: "read",
        failed: "not delivered",
        unread: "{count} new",
        noMessages: "No messages yet",
        notConnected:
            "Odoo is not connected to this channel yet. Open the account in Odoo and press Connect; until then your messages go nowhere.",
        notConnectedTelegram:
            "Odoo is not connected to this bot yet. Open the account in Odoo and press Connect; your messages wait until then.",
        retrying:
            "Odoo does not take the messages ({why}). They are tried again and again.",
        stage: "Behind the scenes",
        wire: "On the wire",
        accepted: "accepted",
        waiting: "waiting",
        refused: "refused",
        misbehave: "Let the provider misbehave",
        misbehaveHint: "Only for {channel}, until you switch it off.",
        customerSide: "The customer",
        fault_status: "Answers with error 500",
        fault_rate_limit: "“Too many requests” (429)",
        fault_slow: "Slow: 3 seconds",
        fault_cut_before: "Hangs up without doing anything",
        fault_cut_after: "Delivers, then hangs up",
        fault_expired_token: "Token has expired",
        fault_media_gone: "Files are gone",
        blocked: "Has blocked the business",
        windowClosed: "24-hour window is closed",
        reset: "Start afresh",
        resetDone: "All messages and faults are gone.",
        deliveries: "Latest deliveries",
        noDeliveries: "Nothing has been sent to Odoo yet.",
        violation: "Odoo sent a request that breaks the provider's description",
        offline: "The sandbox does not answer. Is it still running? Trying again…",
        attempt: "attempt {count}",
        contactCard: "Contact",
        openMap: "Location",
        unsupported: "{kind}",
        kind_image: "Photo",
        kind_voice: "Voice note",
        kind_audio: "Audio",
        kind_video: "Video",
        kind_document: "Document",
        kind_sticker: "Sticker",
        kind_location: "Location",
        kind_contact: "Contact",
        kind_contacts: "Contact",
        kind_template: "Template",
        kind_interactive: "Choice",
    },
    "pt-BR": {
        title: "O celular do cliente",
        lead: "Escreva como um cliente escreveria. O que você envia chega ao Odoo como se viesse do provedor, e a resposta do atendente aparece aqui.",
        language: "Idioma",
        channel: "Canal",
        whose: "De quem é o celular?",
        back: "Voltar à lista",
        messages: "Mensagens",
        toEnd: "Ir para a mensagem mais recente",
        close: "Fechar",
        picture: "Imagem",
        emptyTitle: "Diga olá ao suporte",
        emptyText: "A primeira mensagem abre um chamado. Experimente:",
        chip1: "Bom dia! Minha nota foi rejeitada: erro 327, CFOP inválido.",
        chip2: "O caixa parou de imprimir cupons depois da atualização 😕",
        chipPhoto: "Enviar uma foto do erro",
        phoneOf: "no celular de {name}",
        typing: "digitando…",
        today: "Hoje",
        yesterday: "Ontem",
        you: "Você",
        edited: "editada",
        deleted: "Esta mensagem foi apagada",
        write: "Mensagem",
        send: "Enviar",
        emoji: "Emoji",
        attach: "Anexar",
        record: "Gravar mensagem de voz",
        recording: "Gravando…",
        cancel: "Cancelar",
        sendVoice: "Enviar a mensagem de voz",
        noMic: "Sem microfone aqui: a mensagem de voz de exemplo foi enviada.",
        photo: "Foto do erro",
        ownPhoto: "Foto ou vídeo…",
        document: "Nota fiscal (PDF)",
        ownFile: "Arquivo…",
        video: "Vídeo da tela",
        voice: "Mensagem de voz",
        location: "Localização",
        contact: "Contato",
        sticker: "Figurinha",
        photoText: "Olha, acontece quando transmito o item 2",
        placeName: "Loja, Rua XV de Novembro",
        reply: "Responder",
        react: "Reagir com {emoji}",
        unreact: "Retirar a reação",
        edit: "Editar",
        delete: "Apagar",
        copy: "Copiar",
        copied: "Copiado",
        actions: "Ações da mensagem",
        replyingTo: "Respondendo a {name}",
        editing: "Editando",
        quoteGone: "Mensagem indisponível",
        play: "Ouvir",
        pause: "Pausar",
        openList: "Opções",
        tapped: "escolhida",
        sending: "aguardando",
        sent: "enviada",
        delivered: "entregue",
        read: "lida",
        failed: "não entregue",
        unread: "{count} novas",
        noMessages: "Nenhuma mensagem ainda",
        notConnected:
            "O Odoo ainda não está conectado a este canal. Abra a conta no Odoo e clique em Conectar; até lá suas mensagens não chegam a ninguém.",
        notConnectedTelegram:
            "O Odoo ainda não está conectado a este bot. Abra a conta no Odoo e clique em Conectar; suas mensagens esperam até lá.",
        retrying:
            "O Odoo não está aceitando as mensagens ({why}). Novas tentativas continuam.",
        stage: "Bastidores",
        wire: "No fio",
        accepted: "aceitas",
        waiting: "esperando",
        refused: "recusadas",
        misbehave: "Faça o provedor falhar",
        misbehaveHint: "Só para {channel}, até você desligar.",
        customerSide: "O cliente",
        fault_status: "Responde com erro 500",
        fault_rate_limit: "“Muitas requisições” (429)",
        fault_slow: "Lento: 3 segundos",
        fault_cut_before: "Desliga sem fazer nada",
        fault_cut_after: "Entrega e então desliga",
        fault_expired_token: "O token expirou",
        fault_media_gone: "Os arquivos sumiram",
        blocked: "Bloqueou a empresa",
        windowClosed: "Janela de 24 horas fechada",
        reset: "Começar de novo",
        resetDone: "Todas as mensagens e falhas foram apagadas.",
        deliveries: "Últimas entregas",
        noDeliveries: "Nada foi enviado ao Odoo ainda.",
        violation: "O Odoo enviou uma requisição que contraria a descrição do provedor",
        offline: "O simulador não responde. Ele ainda está rodando? Tentando de novo…",
        attempt: "tentativa {count}",
        contactCard: "Contato",
        openMap: "Localização",
        unsupported: "{kind}",
        kind_image: "Foto",
        kind_voice: "Mensagem de voz",
        kind_audio: "Áudio",
        kind_video: "Vídeo",
        kind_document: "Documento",
        kind_sticker: "Figurinha",
        kind_location: "Localização",
        kind_contact: "Contato",
        kind_contacts: "Contato",
        kind_template: "Modelo",
        kind_interactive: "Escolha",
    },
};

const KEY = "sandbox-language";

function preferred() {
    const wanted =
        new URLSearchParams(location.search).get("lang") || localStorage.getItem(KEY);
    if (wanted in WORDS) {
        return wanted;
    }
    return navigator.language.toLowerCase().startsWith("pt") ? "pt-BR" : "en";
}

let language = preferred();
const listeners = [];

export const lang = () => language;
export const onLanguage = (call) => listeners.push(call);

/** A sentence in the page's language, with its {places} filled. */
export function t(key, places = {}) {
    const text = WORDS[language][key] ?? WORDS.en[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (_, name) => places[name] ?? "");
}

export function kindName(kind) {
    const key = `kind_${kind}`;
    return key in WORDS.en ? t(key) : kind;
}

/** Fill in everything that the page marks with `data-t` and `data-t-label`. */
export function translate(root = document) {
    document.documentElement.lang = language;
    document.title = t("title");
    for (const node of root.querySelectorAll("[data-t]")) {
        node.textContent = t(node.dataset.t);
    }
    for (const node of root.querySelectorAll("[data-t-label]")) {
        node.setAttribute("aria-label", t(node.dataset.tLabel));
        if (node.tagName === "BUTTON") {
            node.title = t(node.dataset.tLabel);
        }
    }
    for (const button of document.querySelectorAll("button[data-lang]")) {
        button.setAttribute("aria-pressed", button.dataset.lang === language);
    }
}

export function setLanguage(wanted) {
    language = wanted;
    localStorage.setItem(KEY, wanted);
    translate();
    for (const call of listeners) {
        call();
    }
}

export const clockTime = (seconds) =>
    new Date(seconds * 1000).toLocaleTimeString(language, {
        hour: "2-digit",
        minute: "2-digit",
    });

/** "Today", "Yesterday" or the date. */
export function dayName(seconds) {
    const day = new Date(seconds * 1000);
    const ago = Math.round(
        (new Date().setHours(0, 0, 0, 0) - new Date(day).setHours(0, 0, 0, 0)) / 864e5
    );
    if (ago === 0) {
        return t("today");
    }
    if (ago === 1) {
        return t("yesterday");
    }
    return day.toLocaleDateString(language, {
        weekday: "long",
        day: "numeric",
        month: "long",
    });
}

export function fileSize(bytes) {
    const units = ["B", "KB", "MB"];
    let step = 0;
    let size = bytes;
    while (size >= 1024 && step < 2) {
        size /= 1024;
        step += 1;
    }
    return `${size.toLocaleString(language, {maximumFractionDigits: step ? 1 : 0})} ${units[step]}`;
}
