"""Order intake: strict, as the helper made it."""

import asyncio
import json

from shared_tls import client_context, server_context

STOCK = ("stock.platform.example", 7002)


class Intake:
    def __init__(self):
        self.context = client_context()
        self.orders = []

    async def reserve(self, sku, amount):
        reader, writer = await asyncio.open_connection(*STOCK, ssl=self.context)
        writer.write(json.dumps({"sku": sku, "amount": amount}).encode() + b"\n")
        answer = json.loads(await reader.readline())
        writer.close()
        return answer["reserved"]

    async def handle(self, reader, writer):
        async for line in reader:
            order = json.loads(line)
            order["reserved"] = await self.reserve(order["sku"], order["amount"])
            self.orders.append(order)
            writer.write(json.dumps(order).encode() + b"\n")
        writer.close()


async def main():
    intake = Intake()
    server = await asyncio.start_server(intake.handle, "0.0.0.0", 7001, ssl=server_context())
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
