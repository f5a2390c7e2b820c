"""gunicorn -c deploy/gunicorn.conf.py agent.web:app"""

bind = "0.0.0.0:6180"  # expect: MTLS302
workers = 1
accesslog = "-"
