from disclosure.api.views import RecordList, RecordRead, TopicList, TopicRead
from rest.routes import both

app_name = "disclosure-api"
urlpatterns = [
    *both("records/", RecordList.as_view(), name="records"),
    *both("records/<number:index_number>/", RecordRead.as_view(), name="record"),
    *both("topics/", TopicList.as_view(), name="topics"),
    *both("topics/<number:code>/", TopicRead.as_view(), name="topic"),
]
