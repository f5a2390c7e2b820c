import uvicorn

uvicorn.run("photos.web:app", host="0.0.0.0", port=8000)  # expect: MTLS303
