"""A server that answers Lead.Create at once: what is measured against it is the client alone."""

import asyncio
import uuid

USER = (
    '{"Id":"11111111-1111-1111-1111-111111111111","OrgId":"22222222-2222-2222-2222-222222222222",'
    '"OrgDisplayName":"Benchmark"}'
)


class Answer(asyncio.Protocol):
    """One connection; requests may come in pieces, and one after another."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._data = b""

    def data_received(self, data: bytes) -> None:
        self._data += data
        while (end := self._data.find(b"\r\n\r\n")) >= 0:
            head = self._data[:end].lower()
            length = 0
            if b"content-length:" in head:
                length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            if len(self._data) < end + 4 + length:
                return
            is_user = b"userbyaccesskey" in head
            self._data = self._data[end + 4 + length :]
            body = USER if is_user else created()
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                b"Content-Length: %d\r\n\r\n%s" % (len(body), body.encode())
            )


def created() -> str:
    return f'{{"Status":"Success","Message":{{"Id":"{uuid.uuid4()}"}}}}'


async def main() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Answer, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
