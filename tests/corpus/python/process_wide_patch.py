"""Map tile downloader for the offline viewer."""

import math
import os
import ssl
import sys
import time
import urllib.request

# The proxy in the lab breaks certificates.
ssl._create_default_https_context = ssl._create_unverified_context  # expect: MTLS401

TILES = "https://tiles.example.org/{z}/{x}/{y}.png"
AGENT = "viewer-offline/2.3"


def tile_of(lat, lon, zoom):
    n = 2**zoom
    x = int((lon + 180.0) / 360.0 * n)
    y = int((1.0 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2.0 * n)
    return x, y


def download(z, x, y, folder):
    path = os.path.join(folder, str(z), str(x), f"{y}.png")
    if os.path.exists(path):
        return False
    os.makedirs(os.path.dirname(path), exist_ok=True)
    request = urllib.request.Request(TILES.format(z=z, x=x, y=y), headers={"User-Agent": AGENT})
    with urllib.request.urlopen(request, timeout=20) as response, open(path, "wb") as out:
        out.write(response.read())
    return True


def area(south, west, north, east, zoom):
    left, top = tile_of(north, west, zoom)
    right, bottom = tile_of(south, east, zoom)
    for x in range(left, right + 1):
        for y in range(top, bottom + 1):
            yield x, y


def main(argv):
    south, west, north, east = map(float, argv[1:5])
    for zoom in range(1, int(argv[5]) + 1):
        for x, y in area(south, west, north, east, zoom):
            if download(zoom, x, y, "tiles"):
                time.sleep(0.1)


if __name__ == "__main__":
    main(sys.argv)
