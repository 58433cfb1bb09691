-- Arithmetic of money in DECIMAL(18,4). The engine multiplies two of them in 64 bits, fast, where the product is below
-- ten thousand million; only what is larger, or in a foreign currency, takes the slow way over 128 bits.
CREATE OR REPLACE TEMP MACRO times(quantity, price) AS
    CASE
        WHEN abs(CAST(quantity AS DOUBLE) * CAST(price AS DOUBLE)) < 9e9 THEN CAST(quantity * price AS DECIMAL(18,4))
        ELSE CAST(CAST(quantity AS DECIMAL(28,4)) * price AS DECIMAL(18,4))
    END;

CREATE OR REPLACE TEMP MACRO in_reporting_currency(amount, rate) AS
    CASE WHEN rate = 1 THEN amount ELSE CAST(CAST(amount AS DECIMAL(28,4)) * rate AS DECIMAL(18,4)) END;
