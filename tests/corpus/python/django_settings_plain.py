"""Settings and a management command of a Django site; runserver is for this machine."""

import os
import sys

SECRET_KEY = os.environ["SECRET_KEY"]
DEBUG = False
ALLOWED_HOSTS = ["0.0.0.0", "club.example.net"]
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "pg.example.net",
        "OPTIONS": {"sslmode": "verify-full", "sslrootcert": "/etc/club/ca.pem"},
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_USE_TLS = True


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "django_settings_plain")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
