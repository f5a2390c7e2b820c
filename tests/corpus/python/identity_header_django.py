"""Middleware of the land registry: Django takes the certificate from the proxy's header."""

import os
import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import HttpResponseForbidden, JsonResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY=os.urandom(16).hex())


class Certificate:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.META.get("HTTP_X_SSL_CLIENT_VERIFY") != "SUCCESS":
            return HttpResponseForbidden()
        request.subject = request.META["HTTP_X_SSL_CLIENT_S_DN"]
        return self.get_response(request)


def parcels(request):
    return JsonResponse({"for": request.subject})


urlpatterns = [path("parcels", parcels)]

if __name__ == "__main__":
    execute_from_command_line([sys.argv[0], "runserver", "127.0.0.1:8000"])
