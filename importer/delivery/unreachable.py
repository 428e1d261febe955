"""Why no connection came about, in words, and what to look at. Pure.

In: the exception of a call that got no reply. Never: what the call would have sent.
"""

import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

CHECK_NETWORK = "check the host and the network"
CHECK_NAME = "check the spelling of the host, and that this computer is online"
CHECK_PROXY = "correct or unset HTTPS_PROXY, or name the host in NO_PROXY"
TRUST = "where a proxy or firewall opens TLS, name its certificate: export SSL_CERT_FILE=FILE"
NO_TLS = "check the host and its port: an API host answers to https"


def explain(error: Exception, proxy: str | None = None) -> tuple[str, str]:
    """What happened, and what to look at. proxy: without its password."""
    words = str(error) or type(error).__name__
    for cause in _chain(error):
        match cause:
            case ssl.SSLCertVerificationError():
                return f"its certificate is not trusted: {cause.verify_message}", TRUST
            case ssl.SSLError():
                return f"it does not answer as a TLS server: {cause.reason}", NO_TLS
            case socket.gaierror() | ConnectionRefusedError() if proxy:
                return f"the proxy {proxy} cannot be reached: {cause.strerror}", CHECK_PROXY
            case socket.gaierror():
                return f"its name is not known: {cause.strerror}", CHECK_NAME
            case ConnectionRefusedError():
                return f"nothing answers there: {cause.strerror}", CHECK_NETWORK
    if proxy and type(error).__name__ == "ProxyError":
        return f"the proxy {proxy} refuses: {words}", CHECK_PROXY
    return words, CHECK_NETWORK


def without_password(proxy: str) -> str:
    parts = urlsplit(proxy)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _chain(error: BaseException) -> Iterator[BaseException]:
    yield error
    before = error.__cause__ or error.__context__
    if before is not None:
        yield from _chain(before)
