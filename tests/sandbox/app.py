"""The web application: two providers, the strings behind, and a phone."""

from pathlib import Path

from flask import Flask, Response, jsonify, request, send_from_directory

from .control import control
from .families import BLUEPRINTS
from .faults import Misbehave
from .guard import refusal
from .telegram.bot import bot
from .whatsapp.graph import Version, graph
from .world import World

_PAGE = Path(__file__).parent / "page"

#: The page runs nothing but its own files, whatever a message contains.
_POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)


def create_app(world: World) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.config["WORLD"] = world
    app.json.ensure_ascii = False
    app.url_map.converters["version"] = Version
    for blueprint in (graph, bot, control, *BLUEPRINTS):
        app.register_blueprint(blueprint)
    app.wsgi_app = Misbehave(app.wsgi_app, world.faults)
    app.before_request(_loopback_only)
    app.after_request(_harden)
    app.add_url_rule("/", "page", lambda: _file("index.html"))
    app.add_url_rule("/page/<path:name>", "page_file", _file)
    return app


def _file(name: str) -> Response:
    answer = send_from_directory(_PAGE, name)
    answer.headers["Content-Security-Policy"] = _POLICY
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _loopback_only() -> tuple[Response, int] | None:
    why = refusal(request.host, request.headers.get("Origin"))
    return (jsonify(error=why), 403) if why else None


def _harden(answer: Response) -> Response:
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
