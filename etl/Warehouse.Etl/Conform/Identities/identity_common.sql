-- The values of those in temp.identity_wanted that more persons share than a rule allows.
CREATE OR REPLACE TEMP TABLE identity_common AS
WITH touched AS (
    SELECT DISTINCT rule, match_key FROM star.identity_match SEMI JOIN temp.identity_wanted USING (identity_key)
),
sharing AS (
    SELECT rule, match_key, identity_key FROM star.identity_match SEMI JOIN touched USING (rule, match_key)
)
SELECT sharing.rule, sharing.match_key
FROM sharing
JOIN temp.identity_node AS node USING (identity_key)
JOIN temp.identity_rule AS rule ON rule.rule = sharing.rule
GROUP BY sharing.rule, sharing.match_key, rule.at_most
HAVING count(DISTINCT node.node_key) > rule.at_most;
