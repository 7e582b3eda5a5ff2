from celery import shared_task
from django.utils import timezone

from notices.services import delivery


@shared_task
def deliver() -> None:
    delivery.deliver(timezone.now)
