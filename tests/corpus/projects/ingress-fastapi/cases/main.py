import os

import uvicorn
from fastapi import FastAPI

app = FastAPI()


@app.get("/cases")
def cases() -> list[int]:
    return []


if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=int(os.environ.get("PORT", "8000")))  # expect: MTLS303
