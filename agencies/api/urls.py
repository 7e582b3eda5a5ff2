from agencies.api.views import AgencyList, AgencyRecord
from rest.routes import both

app_name = "agencies-api"
urlpatterns = [
    *both("agencies/", AgencyList.as_view(), name="agencies"),
    *both("agencies/<number:code>/", AgencyRecord.as_view(), name="agency"),
]
