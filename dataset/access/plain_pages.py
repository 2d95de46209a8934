"""How the gate's own pages look: plain HTML, no script, nothing loaded from anywhere."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from starlette.responses import HTMLResponse

_STYLE = (
    ":root{color-scheme:light dark}body{font:17px/1.5 system-ui,sans-serif;margin:0;background:Canvas;color:CanvasText}"
    "main{max-width:26rem;margin:12vh auto;padding:0 1.2rem}h1{font-size:1.7rem}label{display:block;margin-top:1rem}"
    "input,button{font:inherit;box-sizing:border-box;width:100%;padding:.6rem;margin-top:.3rem;border:1px solid #6b7280;"
    "border-radius:.4rem}button{margin-top:1.4rem;background:#14568c;color:#fff;border-color:#14568c;cursor:pointer}"
    ":focus-visible{outline:3px solid #f4a025;outline-offset:2px}.said{border-left:4px solid #b3400a;padding-left:.7rem}"
)


def page(title: str, body: str, status: int = 200) -> HTMLResponse:
    """A page; `body` is finished HTML."""
    return HTMLResponse(
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)}: safeguarding performance'
        '</title><link rel="icon" href="data:,">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>",
        status,
    )


def alert(said: str) -> str:
    """What went wrong, read out at once by screen readers."""
    return f'<p role="alert" class="said">{escape(said)}</p>' if said else ""


def button(place: str, words: str) -> str:
    """A form that is nothing but its button."""
    return f'<form method="post" action="{escape(place)}"><button type="submit">{escape(words)}</button></form>'


def link(place: str, words: str) -> str:
    return f'<p><a href="{escape(place)}">{escape(words)}</a></p>'


def sign_in_form(asked: str) -> str:
    """Name and password; `asked` is the address to go on to."""
    return (
        f'<form method="post" action="/sign-in?next={quoted(asked)}">'
        '<label for="name">Name of your account</label>'
        '<input id="name" name="name" autocomplete="username" required maxlength="80">'
        '<label for="password">Password</label>'
        '<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200">'
        '<button type="submit">Sign in</button></form>'
    )


def new_password_form(asked: str, *, asks_for_old: bool) -> str:
    """Twice the new one; the old one too where it was not given a moment ago."""
    old = (
        '<label for="old">Password you have now</label>'
        '<input id="old" name="old" type="password" autocomplete="current-password" required maxlength="200">'
    )
    return (
        f'<form method="post" action="/new-password?next={quoted(asked)}">'
        f"<p>Choose a password of your own: 12 characters or more.</p>{old if asks_for_old else ''}"
        '<label for="password">New password</label>'
        '<input id="password" name="password" type="password" autocomplete="new-password" required maxlength="200">'
        '<label for="again">The same again</label>'
        '<input id="again" name="again" type="password" autocomplete="new-password" required maxlength="200">'
        '<button type="submit">Keep this password</button></form>'
    )


def quoted(asked: str) -> str:
    """An address as the value of a parameter."""
    return quote(asked, safe="/", errors="replace")
