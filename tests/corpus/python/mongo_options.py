"""Documents of the clinic."""

from pymongo import AsyncMongoClient, MongoClient


def wards():
    return MongoClient("mongodb://docs.example.net/?tls=true&tlsInsecure=true")  # expect: MTLS401


def labs():
    return MongoClient("docs.example.net", tls=True, tlsInsecure=True)  # expect: MTLS401


def beds():
    return MongoClient(
        "mongodb://10.6.0.2",
        tls=True,
        tlsCAFile="/etc/clinic/ca.pem",
        tlsAllowInvalidHostnames=True,  # expect: MTLS402
    )


def pharmacy():
    options = dict(tls=True, tlsCAFile="/etc/clinic/ca.pem")
    return MongoClient("mongodb://docs.example.net", **options)


async def visits():
    return AsyncMongoClient("mongodb+srv://docs.example.net/?tlsInsecure=false")


def scratch():
    return MongoClient()
