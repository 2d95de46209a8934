"""A window of a browser without the browser: Streamlit's protobuf over a websocket, as its own page speaks it.

It follows what the page does: what was drawn is kept by the server's hash and not asked for again, the address follows
the script, a file goes to the address the server names, the fields of a form go with its button.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.request import Request, urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileUploaderState, UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

DRAWN = ("selectbox", "text_input", "button", "file_uploader", "alert", "exception")
PATIENCE = 60
_DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR)


class WentWrong(RuntimeError):
    """The screen said that it could not be drawn, or said nothing."""


@dataclass
class Window:
    """One window: where it is, what it shows, what was filled in."""

    address: str
    socket: ClientConnection
    session: str = ""
    cookie: str = ""
    page: str = ""
    query: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    shown: list[Any] = field(default_factory=list)
    filled: dict[str, WidgetState] = field(default_factory=dict)
    _kept: dict[str, tuple[int, ForwardMsg]] = field(default_factory=dict)
    runs: int = 0
    _oldest: int = 2

    @classmethod
    async def open(cls, address: str, page: str, query: str = "") -> Window:
        """A new window on a screen; `address` is host and port."""
        cookie = await asyncio.to_thread(_cookie, address)
        headers = {"Origin": f"http://{address}", "Cookie": cookie}
        socket = await connect(
            f"ws://{address}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            additional_headers=headers,
            max_size=None,
            compression=None,
        )
        window = cls(address, socket, cookie=cookie, query=query)
        message = window._asking()
        message.rerun_script.page_name = page
        await window._asked(message)
        return window

    async def close(self) -> None:
        await self.socket.close()

    async def go(self, page: str, query: str = "") -> float:
        """Click on a screen in the navigation; seconds until it is drawn."""
        self.page, self.query = self.pages[page], query
        self.filled.clear()
        return await self._asked(self._asking())

    async def choose(self, widget: Any, option: str) -> float:
        """Choose in a select box; seconds until the screen is drawn."""
        self.filled[widget.id] = WidgetState(id=widget.id, string_value=option)
        return await self._asked(self._asking())

    async def press(self, label: str, **fields: str) -> float:
        """Press a button, with what is written in fields whose label begins with a name; seconds until it is drawn."""
        button = next(one for one in self.of("button") if one.label == label)
        for box in self.of("text_input"):
            for name, text in fields.items():
                if box.label.startswith(name):
                    self.filled[box.id] = WidgetState(id=box.id, string_value=text)
        return await self._asked(self._asking(WidgetState(id=button.id, trigger_value=True)))

    async def add_file(self, name: str, raw: bytes) -> float:
        """Add a file to the uploader; seconds until what was found in it is drawn."""
        uploader = self.of("file_uploader")[0]
        started = time.perf_counter()
        await self._send(
            BackMsg(file_urls_request={"request_id": "1", "file_names": [name], "session_id": self.session})
        )
        urls = (await self._until("file_urls_response")).file_urls_response.file_urls[0]
        await asyncio.to_thread(self._put, urls.upload_url, name, raw)
        info = UploadedFileInfo(name=name, size=len(raw), file_id=urls.file_id, file_urls=urls)
        state = FileUploaderState(uploaded_file_info=[info])
        self.filled[uploader.id] = WidgetState(id=uploader.id, file_uploader_state_value=state)
        return time.perf_counter() - started + await self._asked(self._asking())

    def of(self, kind: str) -> list[Any]:
        """The widgets of a kind that are on the screen."""
        return [getattr(element, kind) for element in self.shown if element.WhichOneof("type") == kind]

    def offers(self, label: str) -> bool:
        return any(button.label == label for button in self.of("button"))

    def _put(self, place: str, name: str, raw: bytes) -> None:
        token = self.cookie.partition("=")[2]
        edge = "an-edge-no-return-holds"
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
        headers = {
            "Content-Type": f"multipart/form-data; boundary={edge}",
            "X-Xsrftoken": token,
            "Cookie": self.cookie,
            "Origin": f"http://{self.address}",
        }
        body = head.encode() + raw + f"\r\n--{edge}--\r\n".encode()
        request = Request(f"http://{self.address}{place}", body, headers, method="PUT")
        with urlopen(request, timeout=PATIENCE) as said:  # noqa: S310 - loopback
            if said.status != 204:
                raise WentWrong(f"the file was answered with {said.status}")

    def _asking(self, pressed: WidgetState | None = None) -> BackMsg:
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string, rerun.page_script_hash = self.query, self.page
        rerun.widget_states.widgets.extend(self.filled.values())
        if pressed is not None:
            rerun.widget_states.widgets.append(pressed)
        rerun.cached_message_hashes.extend(self._kept)
        rerun.context_info.timezone, rerun.context_info.locale = "Europe/London", "en-GB"
        rerun.context_info.url = f"http://{self.address}/"
        return message

    async def _send(self, message: BackMsg) -> None:
        await self.socket.send(message.SerializeToString())

    async def _asked(self, message: BackMsg) -> float:
        started = time.perf_counter()
        await self._send(message)
        await self._until("script_finished")
        spent = time.perf_counter() - started
        for element in self.shown:
            kind = element.WhichOneof("type")
            if kind == "exception" or (kind == "alert" and "could not be drawn" in element.alert.body):
                raise WentWrong(f"{self.page_name()}?{self.query}: {kind}")
        return spent

    def page_name(self) -> str:
        return next((name for name, script in self.pages.items() if script == self.page), "?")

    async def _until(self, kind: str) -> ForwardMsg:
        while True:
            async with asyncio.timeout(PATIENCE):
                raw = await self.socket.recv()
            message = self._resolved(ForwardMsg.FromString(raw))
            found = message.WhichOneof("type")
            self._take(message, found)
            if found == kind and (kind != "script_finished" or message.script_finished in _DONE):
                return message

    def _resolved(self, message: ForwardMsg) -> ForwardMsg:
        """The message itself, or the one kept that it stands for, at the place it names."""
        if message.WhichOneof("type") == "ref_hash":
            kept = ForwardMsg()
            kept.CopyFrom(self._kept[message.ref_hash][1])
            self._kept[message.ref_hash] = (self.runs, kept)
            return kept
        if message.metadata.cacheable and message.hash:
            self._kept[message.hash] = (self.runs, message)
        return message

    def _take(self, message: ForwardMsg, kind: str | None) -> None:
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            if element.WhichOneof("type") in DRAWN:
                self.shown.append(element)
        elif kind == "new_session":
            self.shown = []
            self.session = message.new_session.initialize.session_id or self.session
            self.page = message.new_session.page_script_hash or self.page
            self._oldest = message.new_session.config.max_cached_message_age or self._oldest
        elif kind == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
            self.page = message.navigation.page_script_hash or self.page
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "script_finished":
            self.runs += 1
            self._kept = {key: one for key, one in self._kept.items() if self.runs - one[0] <= self._oldest}


def _cookie(address: str) -> str:
    with urlopen(f"http://{address}/_stcore/health", timeout=PATIENCE) as said:
        return str(said.headers["Set-Cookie"]).partition(";")[0]
