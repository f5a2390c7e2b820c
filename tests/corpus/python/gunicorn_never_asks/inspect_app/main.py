"""Inspection app."""

from fastapi import FastAPI

app = FastAPI()


@app.get("/sites")
async def sites():
    return []
