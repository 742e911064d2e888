"""Fields without which an event is not what it was, and those that name a type.

All others may be missing, or of a value that nobody knows yet: the event is
understood all the same (``test_tolerance``).
"""

# dotted, without the places in lists; whoever holds a needed one is needed as well
NEEDED = {
    "facebook": """
        entry.id
        entry.changes.field
        entry.changes.value.from.id entry.changes.value.sender_id
        entry.changes.value.reviewer_id
        entry.changes.value.item entry.changes.value.verb
        entry.changes.value.post_id entry.changes.value.open_graph_story_id
        entry.messaging.sender.id entry.messaging.recipient.id
        entry.messaging.message.mid entry.messaging.message.metadata
        entry.messaging.message.is_deleted
        entry.messaging.message.attachments.payload.coordinates.long
        entry.messaging.message_edit.mid
        entry.messaging.postback
        entry.messaging.reaction.mid
        entry.messaging.delivery.watermark entry.messaging.read.watermark
        entry.standby.sender.id entry.standby.message
    """,
    "feed": "items",
    "instagram": """
        entry.id
        entry.changes.field
        entry.changes.value.from.id entry.changes.value.id
        entry.changes.value.media.id entry.changes.value.media_id
        entry.changes.value.sender.id entry.changes.value.recipient
        entry.changes.value.message
        entry.messaging.sender.id entry.messaging.recipient.id
        entry.messaging.message.mid entry.messaging.message.app_id
        entry.messaging.message.is_deleted
        entry.messaging.message_edit.mid
        entry.messaging.postback
        entry.messaging.reaction.mid
        entry.messaging.read.mid
        entry.standby.sender.id entry.standby.message
    """,
    "line": """
        events.type
        events.source.groupId events.source.userId
        events.message.id events.message.type
        events.message.latitude events.message.longitude
        events.follow.isUnblocked
        events.unsend.messageId
        events.module.type
        events.postback.data events.postback.params.newRichMenuAliasId
    """,
    "program": """
        events.type events.id events.conversation events.sender.id events.message
        events.status events.until events.allowed
        events.about.id events.location.latitude events.location.longitude
    """,
    "sms": "AccountSid From Body OptOutType",
    "telegram": """
        message.message_id message.chat.id message.from.id message.sender_chat.id
        message.text message.migrate_to_chat_id message.new_chat_members
        message.animation.file_id message.audio.file_id message.document.file_id
        message.photo.file_id message.sticker.file_id
        message.sticker.thumb.file_id message.sticker.thumbnail.file_id
        message.video.file_id message.video_note.file_id message.voice.file_id
        message.location.latitude message.location.longitude
        message.venue.location.latitude message.venue.location.longitude
        edited_message.message_id edited_message.chat.id edited_message.from.id
        edited_message.text edited_message.caption
        channel_post.message_id channel_post.chat.id channel_post.sender_chat.id
        edited_channel_post.message_id edited_channel_post.chat.id
        edited_channel_post.text
        business_connection
        business_message.message_id business_message.chat.id
        business_message.sender_business_bot
        edited_business_message.message_id edited_business_message.chat.id
        edited_business_message.text
        deleted_business_messages.chat.id deleted_business_messages.message_ids
        callback_query.id callback_query.from.id
        message_reaction.chat.id message_reaction.message_id message_reaction.user.id
        my_chat_member.chat.type my_chat_member.from.id
        my_chat_member.new_chat_member.status
    """,
    "whatsapp": """
        entry.id
        entry.changes.field
        entry.changes.value.metadata.phone_number_id
        entry.changes.value.errors
        entry.changes.value.calls.direction entry.changes.value.calls.event
        entry.changes.value.message_echoes.id entry.changes.value.message_echoes.to
        entry.changes.value.message_echoes.text.body
        entry.changes.value.messages.id entry.changes.value.messages.from
        entry.changes.value.messages.type
        entry.changes.value.messages.audio entry.changes.value.messages.button
        entry.changes.value.messages.contacts entry.changes.value.messages.document
        entry.changes.value.messages.errors entry.changes.value.messages.image
        entry.changes.value.messages.interactive entry.changes.value.messages.order
        entry.changes.value.messages.sticker entry.changes.value.messages.video
        entry.changes.value.messages.text.body
        entry.changes.value.messages.location.latitude
        entry.changes.value.messages.location.longitude
        entry.changes.value.messages.reaction.message_id
        entry.changes.value.messages.revoke.original_message_id
        entry.changes.value.messages.edit.original_message_id
        entry.changes.value.messages.edit.message.image
        entry.changes.value.messages.edit.message.text
        entry.changes.value.messages.system.type
        entry.changes.value.messages.system.wa_id
        entry.changes.value.messages.system.new_wa_id
        entry.changes.value.statuses.id entry.changes.value.statuses.status
        messages.id messages.text.body
    """,
    "whatsapp_twilio": "AccountSid From Body",
    "x": """
        for_user_id user_event.revoke.source.user_id
        direct_message_events.message_create.sender_id
        direct_message_events.message_create.source_app_id
        direct_message_events.message_create.target.recipient_id
        direct_message_mark_read_events.sender_id
        favorite_events.favorited_status.id_str favorite_events.user.id_str
        tweet_create_events.user.id_str
        tweet_create_events.retweeted_status.id_str
        tweet_delete_events.status.id tweet_delete_events.status.user_id
    """,
}
ACTS = dict.fromkeys(
    ("message", "message_edit", "postback", "reaction", "read", "delivery"), 5
)
UPDATES = dict.fromkeys(
    ("message", "edited_message", "channel_post", "business_message"), 1
)
CONTENTS = ("text", "photo", "sticker", "voice", "document", "location", "contact")
# fields whose value is a type, and fields whose name is one (down to which depth)
TYPES = {
    "facebook": ({"type", "field", "item", "verb", "recommendation_type"}, ACTS),
    "feed": (set(), {}),
    "instagram": ({"type", "field"}, ACTS),
    "line": ({"type", "mode", "result"}, {}),
    "program": ({"type", "kind"}, {}),
    "sms": ({"SmsStatus", "MessageStatus"}, {}),
    "telegram": ({"type"}, {**UPDATES, **dict.fromkeys(CONTENTS, 2)}),
    "whatsapp": ({"type", "field", "status", "event"}, {}),
    "whatsapp_twilio": ({"MessageType", "SmsStatus", "MessageStatus"}, {}),
    "x": (
        {"type", "content_type"},
        {"direct_message_events": 1, "tweet_create_events": 1, "favorite_events": 1},
    ),
}
