-- Grain: one row per account of the web store, as it is at the end of the window. Times are instants.
CREATE TABLE webshop (
    web_account   VARCHAR   NOT NULL,
    email         VARCHAR   NOT NULL,
    customer_name VARCHAR   NOT NULL,
    phone         VARCHAR,
    postcode      VARCHAR   NOT NULL,
    country       VARCHAR   NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    newsletter    BOOLEAN            -- NULL where the customer was not asked
);

CREATE VIEW webshop_file AS
SELECT web_account, email, customer_name, phone, postcode, country,
       created_at AT TIME ZONE 'Europe/London' AS created_at, newsletter
FROM webshop
ORDER BY web_account;
