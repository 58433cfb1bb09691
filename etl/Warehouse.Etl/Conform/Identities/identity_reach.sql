-- Takes one more step from temp.identity_frontier: the identifiers not reached yet that were one with them from the start, are
-- named by a decision together with them, or share a value with them that identifies somebody, or did before this load.
-- temp.identity_rule has how many may share a value.
CREATE OR REPLACE TEMP TABLE identity_step AS
WITH touched AS (
    SELECT DISTINCT rule, match_key FROM star.identity_match SEMI JOIN temp.identity_frontier USING (identity_key)
),
sharing AS (
    SELECT rule, match_key, identity_key, generation FROM star.identity_match SEMI JOIN touched USING (rule, match_key)
),
telling AS (
    SELECT sharing.rule, sharing.match_key
    FROM sharing
    JOIN star.customer_identity AS identity USING (identity_key)
    JOIN temp.identity_rule AS rule ON rule.rule = sharing.rule
    GROUP BY sharing.rule, sharing.match_key, rule.at_most
    HAVING count(DISTINCT home_key) FILTER (sharing.generation < (SELECT generation FROM temp.identity_context)) <= rule.at_most
),
homes AS (
    SELECT DISTINCT home_key FROM star.customer_identity SEMI JOIN temp.identity_frontier USING (identity_key)
),
next AS (
    SELECT identity_key FROM sharing SEMI JOIN telling USING (rule, match_key)
    UNION
    SELECT identity_key FROM star.customer_identity SEMI JOIN homes USING (home_key)
    UNION
    SELECT identity_key FROM temp.identity_decided
    WHERE decision IN (SELECT decision FROM temp.identity_decided SEMI JOIN temp.identity_frontier USING (identity_key))
)
SELECT identity_key FROM next ANTI JOIN temp.identity_wanted USING (identity_key);

INSERT INTO temp.identity_wanted SELECT identity_key FROM temp.identity_step;

CREATE OR REPLACE TEMP TABLE identity_frontier AS SELECT identity_key FROM temp.identity_step;
