-- Takes the rates of this load; a rate of a currency and date that is known already is replaced.
DELETE FROM star.exchange_rate
WHERE (currency, valid_from) IN (SELECT (currency, valid_from) FROM temp.mapped_exchange_rate);

INSERT INTO star.exchange_rate (currency, valid_from, rate, generation, load_key, source_line)
SELECT currency, valid_from, rate, generation, load_key, source_line
FROM temp.mapped_exchange_rate
CROSS JOIN temp.load_context
QUALIFY row_number() OVER (PARTITION BY currency, valid_from ORDER BY load_key DESC, source_line DESC) = 1;
