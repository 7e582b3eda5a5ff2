from django.urls import include, path

from accounts import views

urlpatterns = [
    path("", views.overview, name="account_overview"),
    path("particulars/", views.particulars, name="account_particulars"),
    path("close/", views.close, name="account_close"),
    path("", include("allauth.urls")),
]
