-- Grain: one row per date of star.dim_date, as the workspace's calendar says it should be, the unknown member included.
-- Parameters: $from and $to (dates, half-open), $fiscal_year_starts (month 1 to 12), $holiday_dates and $holiday_names (lists of equal length).
-- A fiscal year is named after the calendar year in which it ends.
WITH holiday AS (
    SELECT unnest($holiday_dates) AS date_key, unnest($holiday_names) AS holiday
),
day AS (
    SELECT
        CAST(range AS DATE) AS date_key,
        CAST(date_trunc('month', range) - to_months(CAST((month(range) - $fiscal_year_starts + 12) % 12 AS INTEGER)) AS DATE) AS fiscal_year_start
    FROM range(CAST($from AS TIMESTAMP), CAST($to AS TIMESTAMP), INTERVAL 1 DAY)
    UNION ALL
    SELECT DATE '0001-01-01', DATE '0001-01-01'
)
SELECT
    date_key,
    CAST(year(date_key) AS SMALLINT) AS year,
    CAST(quarter(date_key) AS TINYINT) AS quarter,
    CAST(month(date_key) AS TINYINT) AS month,
    CAST(day(date_key) AS TINYINT) AS day_of_month,
    CAST(dayofyear(date_key) AS SMALLINT) AS day_of_year,
    CAST(isodow(date_key) AS TINYINT) AS day_of_week,
    CAST(isoyear(date_key) AS SMALLINT) AS iso_year,
    CAST(week(date_key) AS TINYINT) AS iso_week,
    CAST(date_trunc('year', date_key) AS DATE) AS year_start,
    CAST(date_trunc('quarter', date_key) AS DATE) AS quarter_start,
    CAST(date_trunc('month', date_key) AS DATE) AS month_start,
    CAST(date_trunc('week', date_key) AS DATE) AS week_start,
    CAST(year(fiscal_year_start + INTERVAL 1 YEAR - INTERVAL 1 DAY) AS SMALLINT) AS fiscal_year,
    CAST((month(date_key) - month(fiscal_year_start) + 12) % 12 // 3 + 1 AS TINYINT) AS fiscal_quarter,
    CAST((month(date_key) - month(fiscal_year_start) + 12) % 12 + 1 AS TINYINT) AS fiscal_month,
    fiscal_year_start,
    isodow(date_key) >= 6 AS is_weekend,
    holiday IS NOT NULL AS is_holiday,
    holiday
FROM day
LEFT JOIN holiday USING (date_key)
