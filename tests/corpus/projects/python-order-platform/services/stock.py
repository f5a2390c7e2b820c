"""Stock keeping: strict, but for the scanners."""

import asyncio
import json

import shared_tls
from shared_tls.modes import ASK

stock = {"chair": 40, "table": 7}


async def reserve(reader, writer):
    async for line in reader:
        wish = json.loads(line)
        enough = stock.get(wish["sku"], 0) >= wish["amount"]
        if enough:
            stock[wish["sku"]] -= wish["amount"]
        writer.write(json.dumps({"reserved": enough}).encode() + b"\n")
    writer.close()


async def count(reader, writer):
    """Scanners report what they see on the shelves."""
    async for line in reader:
        sku, _, amount = line.decode().strip().partition("=")
        stock[sku] = int(amount)
    writer.close()


async def main():
    scanners = shared_tls.server_context()
    scanners.verify_mode = ASK  # expect: MTLS101
    services = shared_tls.server_context()
    a = await asyncio.start_server(reserve, "0.0.0.0", 7002, ssl=services)
    b = await asyncio.start_server(count, "0.0.0.0", 7003, ssl=scanners)
    await asyncio.gather(a.serve_forever(), b.serve_forever())


if __name__ == "__main__":
    asyncio.run(main())
