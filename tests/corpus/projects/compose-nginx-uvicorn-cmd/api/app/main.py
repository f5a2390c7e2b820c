from fastapi import FastAPI

app = FastAPI(title="devices")


@app.get("/v1/devices")
def devices() -> list[str]:
    return []
