"""HTTP front of the platform, behind a proxy on the same machine."""

import httpx
import uvicorn
from fastapi import FastAPI, HTTPException

from services import settings
from services.settings import CARRIER_URL, CARRIER_VERIFY
from shared_tls import client_context

app = FastAPI()
inside = httpx.Client(base_url="https://orders.platform.example", verify=client_context())
carrier = httpx.Client(base_url=CARRIER_URL, verify=CARRIER_VERIFY)


@app.post("/pay/{order}")
def pay(order: int, amount: int) -> dict[str, bool]:
    reply = httpx.post(
        f"{settings.PAYMENT_URL}/charges",
        json={"order": order, "amount": amount},
        verify=settings.PAYMENT_VERIFY,  # expect: MTLS401
    )
    if reply.status_code == 402:
        raise HTTPException(402)
    return {"paid": reply.is_success}


@app.post("/ship/{order}")
def ship(order: int) -> dict[str, str]:
    address = inside.get(f"/orders/{order}/address").text
    return {"parcel": carrier.post("/parcels", json={"to": address}).json()["code"]}


def main() -> None:
    uvicorn.run(app, host="127.0.0.1", port=8000, proxy_headers=True)


if __name__ == "__main__":
    main()
