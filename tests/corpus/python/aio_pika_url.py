"""Queue reader; the URL says not to check."""

import aio_pika


async def reader():
    return await aio_pika.connect("amqps://rabbit.example.net/?no_verify_ssl=1")  # expect: MTLS401
