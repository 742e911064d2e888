from odoo.exceptions import AccessError
from odoo.http import request, route

from odoo.addons.html_editor.controllers.main import HTML_Editor


class Editor(HTML_Editor):
    """The editor's previews of links are for our own people: a customer who may name
    an address lets the server open it, and the server stands inside the network."""

    @route()
    def link_preview_metadata(self, preview_url):
        self._check_own_people()
        return super().link_preview_metadata(preview_url)

    @route()
    def link_preview_metadata_internal(self, preview_url):
        self._check_own_people()
        return super().link_preview_metadata_internal(preview_url)

    def _check_own_people(self):
        if request.env.user.share:
            raise AccessError(request.env._("Links are shown as you wrote them here."))
