-- Grain: one row per customer and wave of a campaign, treated or control.
CREATE TABLE touches (
    wave_index      INTEGER      NOT NULL,
    customer        VARCHAR      NOT NULL,
    campaign        VARCHAR      NOT NULL,
    wave            INTEGER      NOT NULL,
    arm             VARCHAR      NOT NULL,
    assigned_at     TIMESTAMP    NOT NULL,
    sent_at         TIMESTAMP,
    delivered_at    TIMESTAMP,
    bounced_at      TIMESTAMP,
    opened_at       TIMESTAMP,
    clicked_at      TIMESTAMP,
    converted_at    TIMESTAMP,
    unsubscribed_at TIMESTAMP,
    cost            DECIMAL(9,2) NOT NULL
);

-- Grain: one row per row of the file, with its number there and what is wrong with it. Times are instants.
CREATE VIEW touches_numbered AS
WITH numbered AS (
    SELECT row_number() OVER (ORDER BY wave_index, customer) AS row_number, touches.* FROM touches
),
with_faults AS (
    SELECT numbered.*, FALSE AS is_copy,
           CASE WHEN fault <> 'exact_duplicate' THEN fault END AS fault
    FROM numbered LEFT JOIN touch_faults USING (row_number)
    UNION ALL
    SELECT numbered.*, TRUE AS is_copy, fault
    FROM numbered JOIN touch_faults USING (row_number)
    WHERE fault = 'exact_duplicate'
)
SELECT row_number() OVER (ORDER BY row_number, is_copy) AS line,
       fault,
       CASE fault WHEN 'missing_customer' THEN NULL WHEN 'unknown_customer' THEN 'C99' ELSE customer END AS customer,
       CASE fault WHEN 'unknown_campaign' THEN 'C77' ELSE campaign END AS campaign,
       wave, arm,
       assigned_at     AT TIME ZONE 'Europe/London' AS assigned_at,
       sent_at         AT TIME ZONE 'Europe/London' AS sent_at,
       delivered_at    AT TIME ZONE 'Europe/London' AS delivered_at,
       bounced_at      AT TIME ZONE 'Europe/London' AS bounced_at,
       opened_at       AT TIME ZONE 'Europe/London' AS opened_at,
       clicked_at      AT TIME ZONE 'Europe/London' AS clicked_at,
       converted_at    AT TIME ZONE 'Europe/London' AS converted_at,
       unsubscribed_at AT TIME ZONE 'Europe/London' AS unsubscribed_at,
       cost
FROM with_faults;

CREATE VIEW touches_file AS
SELECT * EXCLUDE (line, fault) FROM touches_numbered ORDER BY line;
