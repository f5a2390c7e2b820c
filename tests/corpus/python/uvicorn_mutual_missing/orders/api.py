"""Routes of the order service."""

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI(title="orders")
admin_app = FastAPI(title="orders, for operators")
_orders: dict[int, "Order"] = {}


class Order(BaseModel):
    sku: str
    amount: int = 1


@app.get("/orders/{number}")
async def read(number: int) -> Order:
    if number not in _orders:
        raise HTTPException(404)
    return _orders[number]


@admin_app.delete("/orders/{number}", status_code=204)
async def cancel(number: int) -> None:
    _orders.pop(number, None)


@app.post("/orders", status_code=201)
async def create(order: Order) -> dict[str, int]:
    number = len(_orders) + 1
    _orders[number] = order
    return {"number": number}
