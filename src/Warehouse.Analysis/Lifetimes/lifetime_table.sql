-- Grain: one row per customer with a purchase, filled by the models: what he is expected to buy and to be worth.
CREATE OR REPLACE TEMP TABLE customer_lifetime (
    customer_key       INTEGER NOT NULL,
    probability_alive  DOUBLE,   -- NULL without a repeat purchase, where it says nothing
    expected_purchases DOUBLE,   -- within the horizon
    expected_spend     DOUBLE,   -- on each
    lifetime_value     DOUBLE    -- discounted, of all purchases to come
)
