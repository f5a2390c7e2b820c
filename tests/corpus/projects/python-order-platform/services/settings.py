"""Settings of the gateway."""

PAYMENT_URL = "https://pay.example.com/v3"
PAYMENT_VERIFY = False
CARRIER_URL = "https://carrier.example.com"
CARRIER_VERIFY = True
