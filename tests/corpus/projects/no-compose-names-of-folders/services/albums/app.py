import uvicorn

uvicorn.run("albums.web:app", host="0.0.0.0", port=8000)  # expect: MTLS302
