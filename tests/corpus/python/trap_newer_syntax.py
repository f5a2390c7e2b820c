"""Newer syntax around contexts that check: with, walrus, match, comprehensions, async for."""

import asyncio
import ssl


def contexts(folder, names):
    return {name: ssl.create_default_context(cafile=f"{folder}/{name}.pem") for name in names}


async def read(host, port, context):
    if (reader := (await asyncio.open_connection(host, port, ssl=context))[0]) is not None:
        async for line in reader:
            yield line


async def first(host, names):
    for name, context in contexts("/etc/news", names).items():
        match name:
            case "wire" | "sport":
                port = 8443
            case _:
                port = 443
        async for line in read(host, port, context):
            return line
    return None


async def main():
    async with asyncio.TaskGroup() as group:
        for host in ("a.example.com", "b.example.com"):
            group.create_task(first(host, ["wire", "sport"]))


if __name__ == "__main__":
    asyncio.run(main())
