-- The topics of contacts together with what was told of them before or after: a word of complaint may come in another row than the topic.
CREATE OR REPLACE TEMP VIEW topic_told AS SELECT topic, is_complaint FROM temp.contact_held;
