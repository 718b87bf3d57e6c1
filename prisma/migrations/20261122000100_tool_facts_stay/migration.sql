-- A decision changes what a tool may be used for, never what the tool is. With UPDATE on the whole table the app could
-- turn DeepSeek's own surface into another's: the foreign key of tool_decision cascades, and every CHECK would agree.
REVOKE UPDATE ON tool FROM wardbook_app;
GRANT UPDATE (deepseek_narrowed, status, conditions, review_on, status_since, version) ON tool TO wardbook_app;
