-- Grain: one row per person whom the retailer knows.
CREATE TABLE customers (
    person_id                INTEGER NOT NULL,  -- from 1; in no other file than the truth
    origin                   VARCHAR NOT NULL,  -- newcomer: first order in the window; established: before; prospect: never bought
    is_undisturbed           BOOLEAN NOT NULL,  -- no complaints, no campaigns: BG/NBD and Gamma-Gamma hold as they stand
    acquired_on              DATE    NOT NULL,  -- first order; registration of a prospect
    left_on                  DATE,              -- NULL: had not left when the window ended; prospects have nothing to leave
    rate                     FLOAT   NOT NULL,  -- lambda, orders per trading week
    dropout_probability      FLOAT   NOT NULL,  -- p, after each order but the first
    mean_order_value         FLOAT   NOT NULL,  -- pounds, before returns
    yearly_value             FLOAT   NOT NULL,  -- rate x 365.25/7 x mean_order_value: while the customer stays
    next_year_value          FLOAT   NOT NULL,  -- expected in the year after the window; 0 for who has left, and for prospects
    response                 VARCHAR NOT NULL,  -- to campaigns: responsive, indifferent, averse
    shopping                 VARCHAR NOT NULL,  -- shops_only, web_only, both
    link                     VARCHAR NOT NULL,  -- by what CRM and web store can know that it is one person
    registered_twice         BOOLEAN NOT NULL,  -- has two accounts in the CRM
    household                INTEGER NOT NULL,  -- person_id of its head
    favourite_1              VARCHAR NOT NULL,  -- subcategory
    favourite_2              VARCHAR NOT NULL,
    favourite_3              VARCHAR NOT NULL,
    habit_sku                VARCHAR,           -- what the customer uses up
    habit_days               INTEGER,           -- how long one lasts
    discount_share           FLOAT   NOT NULL,  -- of lines, outside sales
    return_rate              FLOAT   NOT NULL   -- of lines, in a category with factor 1
);

-- Tiers by what is expected: A the first 20 % of buyers, B the next 30 %, C the rest. Who is expected to bring nothing is in none.
CREATE VIEW customers_file AS
SELECT *,
       CASE WHEN next_year_value = 0 THEN 'none'
            WHEN row_number() OVER best <= 0.2 * sum((next_year_value > 0)::INTEGER) OVER () THEN 'A'
            WHEN row_number() OVER best <= 0.5 * sum((next_year_value > 0)::INTEGER) OVER () THEN 'B'
            ELSE 'C' END AS tier
FROM customers
WINDOW best AS (ORDER BY next_year_value DESC, person_id)
ORDER BY person_id;
