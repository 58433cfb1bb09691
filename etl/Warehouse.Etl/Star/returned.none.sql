-- The feed names no line that a return takes back.
CREATE OR REPLACE TEMP TABLE returned (mapped_row BIGINT, order_id VARCHAR, line_id VARCHAR, sale_key BIGINT);
