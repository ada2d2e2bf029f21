"""A small provider of identities that is genuine in all that matters: discovery, a page to sign in on, codes used once, PKCE
verified, id tokens signed by RS256 with published keys, and userinfo for the bearer of a token."""

import base64
import hashlib
import html
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "kith", "a secret between two"
PAGE = """<!DOCTYPE html><html lang="en"><title>Borough sign-in</title><body><main><h1>Borough sign-in</h1>
<form method="post" action="/authorise">{hidden}<label>Address <input name="email"></label>
<label><input type="checkbox" name="verified" checked> Checked by us</label>
<button name="go" value="yes">Sign in</button><button name="go" value="no">Cancel</button></form></main></body></html>"""


class Provider(ThreadingHTTPServer):
    """The provider, at `server`, until `stop`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.server = f"http://127.0.0.1:{self.server_port}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, dict[str, Any]] = {}
        self.asked: list[dict[str, str]] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Ends it and frees its port."""
        self.shutdown()
        self.server_close()

    def published_keys(self) -> dict[str, Any]:
        """The key that tokens are signed with, for anyone to check by."""
        return {
            "keys": [
                {**RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True), "kid": "1", "use": "sig", "alg": "RS256"}
            ]
        }

    def discovery(self) -> dict[str, Any]:
        """Where everything is."""
        return {
            "issuer": self.server,
            "authorization_endpoint": f"{self.server}/authorise",
            "token_endpoint": f"{self.server}/token",
            "jwks_uri": f"{self.server}/keys",
            "userinfo_endpoint": f"{self.server}/userinfo",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
        }


class _Answers(BaseHTTPRequestHandler):
    server: Provider  # type: ignore[assignment]

    def log_message(self, *args: Any) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        """Discovery, keys, the page to sign in on, and who bears a token."""
        parts = urlsplit(self.path)
        if parts.path == "/.well-known/openid-configuration":
            self._say(self.server.discovery())
        elif parts.path == "/keys":
            self._say(self.server.published_keys())
        elif parts.path == "/authorise":
            self._ask({name: values[0] for name, values in parse_qs(parts.query).items()})
        elif parts.path == "/userinfo":
            claims = self.server.tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
            self._say(claims or {"error": "invalid_token"}, 200 if claims else 401)
        else:
            self._say({"error": "not found"}, 404)

    def do_POST(self) -> None:
        """Someone signs in, or the application changes its code for tokens."""
        length = int(self.headers.get("Content-Length", 0))
        sent = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        if self.path == "/authorise":
            self._sign_in(sent)
        elif self.path == "/token":
            self._change(sent)
        else:
            self._say({"error": "not found"}, 404)

    def _ask(self, query: dict[str, str]) -> None:
        self.server.asked.append(query)
        if query.get("client_id") != CLIENT or query.get("code_challenge_method") != "S256":
            self._say({"error": "invalid_request"}, 400)
            return
        hidden = "".join(
            f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
            for name, value in query.items()
        )
        self._send(PAGE.format(hidden=hidden).encode(), "text/html; charset=utf-8")

    def _sign_in(self, sent: dict[str, str]) -> None:
        if sent["go"] == "no":
            answer = {"error": "access_denied", "state": sent["state"]}
        else:
            code = secrets.token_urlsafe(16)
            self.server.codes[code] = sent
            answer = {"code": code, "state": sent["state"]}
        self.send_response(302)
        self.send_header("Location", f"{sent['redirect_uri']}?{urlencode(answer)}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _change(self, sent: dict[str, str]) -> None:
        asked = self.server.codes.pop(sent.get("code", ""), None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        shown = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or shown != asked["code_challenge"]
            or (sent.get("client_id"), sent.get("client_secret")) != (CLIENT, SECRET)
            or sent.get("redirect_uri") != asked["redirect_uri"]
        ):
            self._say({"error": "invalid_grant"}, 400)
            return
        claims = {
            "sub": hashlib.sha256(asked["email"].encode()).hexdigest()[:20],
            "email": asked["email"],
            "email_verified": "verified" in asked,
            "name": asked["email"].split("@")[0].title(),
        }
        now = int(time.time())
        told = {**claims, "iss": self.server.server, "aud": CLIENT, "iat": now, "exp": now + 300}
        token = secrets.token_urlsafe(16)
        self.server.tokens[token] = claims
        signed = jwt.encode(told, self.server.key, algorithm="RS256", headers={"kid": "1"})
        self._say({"access_token": token, "token_type": "Bearer", "expires_in": 300, "id_token": signed})

    def _say(self, told: dict[str, Any], status: int = 200) -> None:
        self._send(json.dumps(told).encode(), "application/json", status)

    def _send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
