-- The touches that this load says are no more, under the name by which their campaigns and customers are looked up.
CREATE OR REPLACE TEMP VIEW mapped_touch AS SELECT * FROM temp.mapped_touch_deletion;
