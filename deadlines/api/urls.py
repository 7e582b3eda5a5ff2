from deadlines.api.views import Deadlines
from rest.routes import both

app_name = "deadlines-api"
urlpatterns = [*both("deadlines/", Deadlines.as_view(), name="deadlines")]
