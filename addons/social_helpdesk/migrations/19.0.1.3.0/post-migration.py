"""What two indexes did, one does; templates are fetched beside other work that takes
long; pages are answered for longer."""

INDEXES = (
    "helpdesk_social_event__account_id_index",
    "helpdesk_social_event__received_at_index",
)


def migrate(cr, version):
    for name in INDEXES:
        cr.execute(f"DROP INDEX IF EXISTS {name}")
    cr.execute(
        """
        UPDATE queue_job_function SET channel_id = bulk.res_id
          FROM ir_model_data AS job, ir_model_data AS bulk
         WHERE job.module = 'social_helpdesk' AND job.name = 'job_sync_templates'
           AND bulk.module = 'social_helpdesk' AND bulk.name = 'channel_social_bulk'
           AND queue_job_function.id = job.res_id
        """
    )
    # the human agent's tag: a page may be answered for seven days
    cr.execute(
        """
        UPDATE helpdesk_social_conversation AS conversation
           SET window_ends_at = last_inbound_at + interval '7 days'
          FROM helpdesk_social_account AS account
         WHERE account.id = conversation.account_id
           AND account.provider = 'facebook'
           AND conversation.public IS NOT TRUE
        """
    )
    # what was set for all accounts together is now said by each
    cr.execute(
        """
        UPDATE helpdesk_social_account SET keep_days = p.value::int
          FROM ir_config_parameter AS p
         WHERE p.key = 'social_helpdesk.keep_events_days' AND p.value ~ '^[0-9]{1,5}$'
        """
    )
    cr.execute(
        "DELETE FROM ir_config_parameter WHERE key = 'social_helpdesk.keep_events_days'"
    )
