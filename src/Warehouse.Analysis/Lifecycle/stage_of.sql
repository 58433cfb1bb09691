-- The stage of a person by his traits. It is looked up in the list of all kinds of customer, whose axes are the traits cut at the
-- numbers that the rules name; place 0 of an axis is « not known ».
CREATE OR REPLACE TEMP MACRO place(value, cuts) AS
    CASE WHEN value IS NULL THEN 0 ELSE 1
        + coalesce(value >= cuts[1], false)::INTEGER
        + coalesce(value >= cuts[2], false)::INTEGER
        + coalesce(value >= cuts[3], false)::INTEGER
        + coalesce(value >= cuts[4], false)::INTEGER
        + coalesce(value >= cuts[5], false)::INTEGER
        + coalesce(value >= cuts[6], false)::INTEGER
        + coalesce(value >= cuts[7], false)::INTEGER
        + coalesce(value >= cuts[8], false)::INTEGER
        + coalesce(value >= cuts[9], false)::INTEGER
    END;

CREATE OR REPLACE TEMP MACRO stage_of(
    orders, tenure_days, overdue, trend, open_complaints, churn,
    orders_cuts, tenure_days_cuts, overdue_cuts, trend_cuts, open_complaints_cuts, churn_cuts, stages) AS
    CAST(stages AS VARCHAR[])[1
        + ((((place(orders, CAST(orders_cuts AS DOUBLE[])) * (len(tenure_days_cuts) + 2)
            + place(tenure_days, CAST(tenure_days_cuts AS DOUBLE[]))) * (len(overdue_cuts) + 2)
            + place(overdue, CAST(overdue_cuts AS DOUBLE[]))) * (len(trend_cuts) + 2)
            + place(trend, CAST(trend_cuts AS DOUBLE[]))) * (len(open_complaints_cuts) + 2)
            + place(open_complaints, CAST(open_complaints_cuts AS DOUBLE[]))) * (len(churn_cuts) + 2)
            + place(churn, CAST(churn_cuts AS DOUBLE[]))]
