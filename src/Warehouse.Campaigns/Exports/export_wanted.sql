-- Grain: one row per person of a list (temp.export_member) who did not ask to be forgotten and allows the channel now; where the channel
-- is NULL no contact detail is sent, and permission is not asked. The fields of the destination stand in the place of the list.
-- Parameters: $channel, $at, $list, $wave, $offer, $as_of.
CREATE OR REPLACE TEMP VIEW export_consent AS
FROM star.customer_consent WHERE customer_key IN (SELECT customer_key FROM temp.export_member);

CREATE OR REPLACE TEMP TABLE export_wanted AS
SELECT member.customer_key, CAST([/*fields*/] AS VARCHAR[]) AS fields
FROM temp.export_member AS member
JOIN star.dim_customer AS customer ON customer.customer_key = member.customer_key AND customer.is_current
LEFT JOIN star.customer_contact AS contact ON contact.customer_key = member.customer_key
WHERE ($channel IS NULL OR member.customer_key IN (
      SELECT customer_key FROM star.permission_among('temp.export_consent', $at) WHERE channel = $channel AND purpose = 'marketing' AND is_granted))
  AND member.customer_key NOT IN (SELECT customer_key FROM ops.forgotten_customer)
  AND {'list': $list, 'wave': $wave, 'offer': $offer, 'as_of': $as_of} IS NOT NULL
