def migrate(cr, version):
    # a job that waited in vain keeps in mind that its provider is slow; templates
    # are taken over piece by piece
    cr.execute(
        """
        UPDATE queue_job_function SET allow_commit = true
          FROM ir_model_data AS job
         WHERE job.module = 'social_helpdesk'
           AND job.name IN ('job_fetch_media', 'job_sync_templates')
           AND queue_job_function.id = job.res_id
        """
    )
    # what these channels said of numbers was proved before anybody asked
    cr.execute(
        """
        UPDATE helpdesk_social_contact AS contact SET phone_proven = true
          FROM helpdesk_social_account AS account
         WHERE account.id = contact.account_id AND contact.phone IS NOT NULL
           AND account.provider IN ('whatsapp', 'whatsapp_twilio', 'sms', 'telegram')
        """
    )
