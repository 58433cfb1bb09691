-- Grain: one row per date of the window.
CREATE TABLE clock (
    date              DATE   NOT NULL,
    weight            DOUBLE NOT NULL,  -- expected orders against the window's average day
    weeks_at_midnight DOUBLE NOT NULL   -- the trading clock when the date begins
);

CREATE VIEW clock_file AS SELECT * FROM clock ORDER BY date;
