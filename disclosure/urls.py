from django.urls import path

from disclosure import feeds
from disclosure.views import agencies, catalogue, documents, guide, search, topics

app_name = "disclosure"

urlpatterns = [
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("search/", search.search, name="search"),
    path("documents/<path:index_number>/", documents.document, name="document"),
    path("attachments/<int:pk>/", documents.attachment, name="attachment"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/<str:code>/", agencies.agency, name="agency"),
    path("agencies/<str:code>/feed/", feeds.AgencyFeed(), name="agency_feed"),
    path("topics/", topics.topics, name="topics"),
    path("topics/<str:code>/", topics.topic, name="topic"),
    path("topics/<str:code>/feed/", feeds.TopicFeed(), name="topic_feed"),
    path("guide/", guide.guide, name="guide"),
    path("apply/", guide.apply, name="apply"),
    path("feed/", feeds.NewestFeed(), name="feed"),
]
