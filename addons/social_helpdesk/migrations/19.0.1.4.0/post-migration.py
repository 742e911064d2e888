from odoo import SUPERUSER_ID, api


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
    # keys that LINE sent with its messages lay where people may look
    cr.execute(
        r"""
        UPDATE helpdesk_social_event AS event
           SET payload = regexp_replace(
                   payload,
                   '"(replyToken|quoteToken|markAsReadToken)": "([^"\\]|\\.)*"',
                   '"\1": ""',
                   'g')
          FROM helpdesk_social_account AS account
         WHERE account.id = event.account_id AND account.provider = 'line'
           AND payload ~ '"(replyToken|quoteToken|markAsReadToken)": "[^"]'
        """
    )
    # who was there before anybody compared is compared now, in the background
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["helpdesk.social.contact"].search([])._enqueue_suggest()
