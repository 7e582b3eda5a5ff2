from django.urls import path

from deadlines import feeds, views

app_name = "deadlines"

urlpatterns = [
    path("deadline/", views.deadline, name="deadline"),
    path("deadline.ics", views.calendar_entry, name="calendar"),
    path("deadlines/feed/<str:secret>.ics", feeds.duties, name="feed"),
]
