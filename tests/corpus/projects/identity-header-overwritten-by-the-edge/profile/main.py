from fastapi import Depends, FastAPI, HTTPException, Request

app = FastAPI()


def caller(request: Request) -> str:
    name = request.headers.get("X-SSL-Client-S-DN")
    if not name:
        raise HTTPException(401)
    return name


@app.get("/me")
def me(name: str = Depends(caller)) -> dict[str, str]:
    return {"name": name}


if __name__ == "__main__":
    import uvicorn

    uvicorn.run(app, host="0.0.0.0", port=8000)  # expect: MTLS303
