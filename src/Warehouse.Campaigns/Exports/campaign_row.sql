-- Grain: one row per treated customer of a launched wave who allows the channel now and did not ask to be forgotten, with the fields
-- of the destination in the place of the list. Parameters: $launch_key, $channel, $at, $list, $wave, $offer, $as_of.
CREATE OR REPLACE TEMP TABLE export_wanted AS
SELECT member.customer_key, CAST([/*fields*/] AS VARCHAR[]) AS fields
FROM mart.campaign_member AS member
JOIN star.dim_customer AS customer ON customer.customer_key = member.customer_key AND customer.is_current
LEFT JOIN star.customer_contact AS contact ON contact.customer_key = member.customer_key
WHERE member.launch_key = $launch_key
  AND member.arm <> 'control'
  AND member.customer_key IN (
      SELECT customer_key FROM star.permission_as_of($at) WHERE channel = $channel AND purpose = 'marketing' AND is_granted)
  AND member.customer_key NOT IN (SELECT customer_key FROM ops.forgotten_customer)
  AND {'list': $list, 'wave': $wave, 'offer': $offer, 'as_of': $as_of} IS NOT NULL
ORDER BY member.customer_key
