"""Media server, with lists for players of three generations."""

import asyncio
import ssl

OLD_PLAYERS = "AES128-SHA:RC4-MD5"
LISTS = {"tv": "ECDHE+AESGCM:DES-CBC3-SHA", "phone": "ECDHE+AESGCM:!aNULL"}


class Media:
    ciphers = "ALL"

    def __init__(self, folder):
        self.folder = folder

    def _context(self):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="players.pem")
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_cert_chain(f"{self.folder}/tls.pem")
        return context

    def everything(self):
        context = self._context()
        context.set_ciphers(self.ciphers)  # expect: MTLS203
        return context

    def old(self):
        context = self._context()
        context.set_ciphers(OLD_PLAYERS)  # expect: MTLS203
        return context

    def null(self):
        context = self._context()
        context.set_ciphers("NULL:@SECLEVEL=0")  # expect: MTLS203
        return context

    def anonymous(self):
        context = self._context()
        context.set_ciphers("ECDHE+AESGCM:ADH-AES256-SHA:@SECLEVEL=0")  # expect: MTLS203
        return context

    def export(self):
        context = self._context()
        context.set_ciphers("HIGH:EXPORT40")  # expect: MTLS203
        return context

    def phone(self):
        context = self._context()
        context.set_ciphers("ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL:!eNULL:!RC4:!3DES:!MD5")
        return context


async def main():
    media = Media("/etc/media")
    contexts = [media.everything(), media.old(), media.null(), media.anonymous()]
    contexts += [media.export(), media.phone()]
    for port, context in enumerate(contexts, 7100):
        await asyncio.start_server(lambda r, w: w.close(), "0.0.0.0", port, ssl=context)
