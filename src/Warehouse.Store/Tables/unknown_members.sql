-- The member -1 of every dimension: what a fact points to where its own member is not known.
INSERT INTO star.dim_customer (customer_version_key, customer_key, customer_id, is_inferred, is_test, valid_from, valid_to, is_current, known_at, generation, load_key, source_line)
VALUES (-1, -1, '(unknown)', false, false, TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMPTZ '9999-12-31 00:00:00+00', true, TIMESTAMPTZ '0001-01-01 00:00:00+00', 0, -1, 0);

INSERT INTO star.dim_product (product_version_key, product_key, product_id, name, is_inferred, valid_from, valid_to, is_current, known_at, generation, load_key, source_line)
VALUES (-1, -1, '(unknown)', '(unknown)', false, TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMPTZ '9999-12-31 00:00:00+00', true, TIMESTAMPTZ '0001-01-01 00:00:00+00', 0, -1, 0);

INSERT INTO star.dim_location (location_key, location_id, name, is_inferred, known_at, generation, load_key, source_line)
VALUES (-1, '(unknown)', '(unknown)', false, TIMESTAMPTZ '0001-01-01 00:00:00+00', 0, -1, 0);

INSERT INTO star.dim_channel (channel_key, channel, generation) VALUES (-1, '(unknown)', 0);

INSERT INTO star.dim_campaign (campaign_key, campaign_id, wave, name, is_inferred, known_at, generation, load_key, source_line)
VALUES (-1, '(unknown)', 0, '(unknown)', false, TIMESTAMPTZ '0001-01-01 00:00:00+00', 0, -1, 0);

INSERT INTO star.dim_reason (reason_key, topic, is_complaint, generation) VALUES (-1, '(unknown)', false, 0);

INSERT INTO star.dim_agent (agent_key, agent_id, generation) VALUES (-1, '(unknown)', 0);
