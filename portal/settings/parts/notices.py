"""Telling people: text messages and their quiet hours, and how long a delivery may stay silent."""

from portal.settings import env

__all__ = [
    "EMAIL_TIMEOUT",
    "NOTICE_LEASE_SECONDS",
    "SMS_GATEWAY",
    "SMS_QUIET_FROM",
    "SMS_QUIET_UNTIL",
]

# A class as in notices/gateways.py; this one only writes to the log.
SMS_GATEWAY = env.text("SMS_GATEWAY", "notices.gateways.ConsoleGateway")
# Hours in Shanghai between which no telephone rings; equal hours: never quiet.
SMS_QUIET_FROM = env.number("SMS_QUIET_FROM", 22, least=0, most=23)
SMS_QUIET_UNTIL = env.number("SMS_QUIET_UNTIL", 8, least=0, most=23)
# A notice whose delivery has not been heard of for so long is another's to deliver, or in doubt.
NOTICE_LEASE_SECONDS = env.number("NOTICE_LEASE_SECONDS", 120, least=5, most=3600)
# Without it a mail server that says nothing would hold the worker for ever.
EMAIL_TIMEOUT = 60
