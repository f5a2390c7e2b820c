from flask import Flask

app = Flask(__name__)


def main():
    app.run("0.0.0.0", 5001)  # expect: MTLS105, MTLS303


if __name__ == "__main__":
    main()
