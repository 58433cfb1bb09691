-- Grain: one row per calendar date; and date_key 0001-01-01, the unknown member.
-- A date is its own key: facts prune by it and analyses compute with it without a join.
CREATE TABLE star.dim_date (
    date_key        DATE     NOT NULL,
    year            SMALLINT NOT NULL,
    quarter         TINYINT  NOT NULL,  -- 1 to 4
    month           TINYINT  NOT NULL,  -- 1 to 12
    day_of_month    TINYINT  NOT NULL,
    day_of_year     SMALLINT NOT NULL,
    day_of_week     TINYINT  NOT NULL,  -- ISO 8601: Monday 1 to Sunday 7
    iso_year        SMALLINT NOT NULL,  -- the year that the ISO week belongs to
    iso_week        TINYINT  NOT NULL,  -- 1 to 53
    year_start      DATE     NOT NULL,
    quarter_start   DATE     NOT NULL,
    month_start     DATE     NOT NULL,
    week_start      DATE     NOT NULL,  -- the Monday of the ISO week
    fiscal_year     SMALLINT NOT NULL,  -- named after the calendar year in which it ends
    fiscal_quarter  TINYINT  NOT NULL,
    fiscal_month    TINYINT  NOT NULL,  -- 1 is the first month of the fiscal year
    fiscal_year_start DATE   NOT NULL,
    is_weekend      BOOLEAN  NOT NULL,
    is_holiday      BOOLEAN  NOT NULL,
    holiday         VARCHAR,            -- NULL where it is none
    PRIMARY KEY (date_key)
);
